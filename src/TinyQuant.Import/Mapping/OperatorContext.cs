using System.Collections.Immutable;
using System.Globalization;
using TinyQuant.Import.Source;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// What a mapping asks of one operator of the file, whatever its format: its tensors, and integers that are known.
/// </summary>
internal class OperatorContext(SourceOperator op, SourceModel model, IntegerValues integers)
{
    /// <summary>Two for each dimension: what an operator asks for in a list of any length.</summary>
    private const int MostParameters = 64;

    public SourceOperator Operator => op;

    public SourceModel Model => model;

    public int InputCount => op.Inputs.Length;

    public bool HasInput(int input) => input < op.Inputs.Length && op.Inputs[input] != SourceOperator.Missing;

    /// <summary>The tensor index of an input that must be there.</summary>
    public int Input(int input) =>
        HasInput(input) ? op.Inputs[input] : throw new UnsupportedException(Invariant($"input {input} is missing"));

    /// <summary>The tensor indexes of all inputs, which must be there.</summary>
    public IEnumerable<int> Inputs => Enumerable.Range(0, op.Inputs.Length).Select(Input);

    /// <summary>The tensor indexes of inputs, without the last one where it is optional and missing.</summary>
    public IEnumerable<int> WithOptional(int optional, params int[] required) =>
        HasInput(optional) ? [.. required.Select(Input), Input(optional)] : required.Select(Input);

    public SourceTensor InputTensor(int input) => model.Tensors[Input(input)];

    public SourceTensor OutputTensor(int output) => output < op.Outputs.Length
        ? model.Tensors[op.Outputs[output]]
        : throw new UnsupportedException(Invariant($"output {output} is missing"));

    /// <summary>The values of an input that must be known while importing.</summary>
    public IntegerTensor Known(int input, string what) => integers.Find(Input(input)) ?? throw new UnsupportedException(
        $"{what}, in '{InputTensor(input).ShownName}' {InputTensor(input).TypeAndShape}, is not known before the "
            + "model runs; "
        + $"expected an int32 or int64 constant of at most {IntegerValues.MostElements} elements");

    /// <summary>The elements of all inputs whose values are known.</summary>
    public int KnownElements => Enumerable.Range(0, op.Inputs.Length).Sum(i => Find(i)?.Values.Length ?? 0);

    /// <summary>The values of an input, where they are known and it is there.</summary>
    public IntegerTensor? Find(int input) => HasInput(input) ? integers.Find(op.Inputs[input]) : null;

    /// <summary>The values of an input, which must be as many as <paramref name="count"/> and fit an int.</summary>
    public int[] Integers(int input, string what, int? count = null)
    {
        ImmutableArray<long> values = Known(input, what).Values;
        return values.Length != count && (count is not null || values.Length > MostParameters)
            ? throw new UnsupportedException(
                $"{what} has {values.Length} values; expected "
                    + $"{count?.ToString(CultureInfo.InvariantCulture) ?? $"at most {MostParameters}"}")
            : [.. values.Select(v => Int(v, what))];
    }

    /// <summary>An axis that counts from the end where it is negative, as one from 0.</summary>
    public static int Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank
            ? (int)counted
            : throw new UnsupportedException(Invariant($"axis {axis} is outside of {rank} dimensions"));
    }

    /// <summary>The operator in a model file.</summary>
    /// <param name="make">Calls its constructor, with as many tensors as an operator of its class may have.</param>
    /// <param name="inputs">The tensor indexes of what it reads there.</param>
    public MappedOperator MapTensors<TOperator>(MakeOperator<TOperator> make, IEnumerable<int> inputs)
        where TOperator : Operator => MappedOperator.Of(make, [.. inputs], op.Outputs);

    /// <summary>The same of inputs that must be there, by their place in the file's operator.</summary>
    public MappedOperator Map<TOperator>(MakeOperator<TOperator> make, params int[] inputs)
        where TOperator : Operator => MapTensors(make, inputs.Select(Input));

    private static int Int(long value, string what) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new UnsupportedException(Invariant($"{what} has the value {value}, which is more than an int32 holds"));
}
