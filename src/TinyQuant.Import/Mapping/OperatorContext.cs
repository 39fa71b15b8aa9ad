using System.Collections.Immutable;
using System.Globalization;
using TinyQuant.Import.Folding;
using TinyQuant.Import.Schema;

namespace TinyQuant.Import.Operators;

/// <summary>What a mapping asks of one operator of the file.</summary>
internal sealed class OperatorSource(TfliteOperator op, TfliteModel model, IntegerValues integers)
{
    /// <summary>Two for each dimension: what an operator asks for in a list of any length.</summary>
    private const int MostParameters = 64;

    public TfliteOperator Operator => op;

    public int InputCount => op.Inputs.Length;

    public bool HasInput(int input) => input < op.Inputs.Length && op.Inputs[input] != TfliteOperator.Missing;

    /// <summary>The tensor index of an input that must be there.</summary>
    public int Input(int input) => HasInput(input) ? op.Inputs[input] : throw new UnsupportedException(Invariant($"input {input} is missing"));

    /// <summary>The tensor indexes of all inputs, which must be there.</summary>
    public IEnumerable<int> Inputs => Enumerable.Range(0, op.Inputs.Length).Select(Input);

    /// <summary>The tensor indexes of inputs, without the last one where it is optional and missing.</summary>
    public IEnumerable<int> WithOptional(int optional, params int[] required) =>
        HasInput(optional) ? [.. required.Select(Input), Input(optional)] : required.Select(Input);

    public TfliteTensor InputTensor(int input) => model.Tensors[Input(input)];

    public TfliteTensor OutputTensor(int output) => output < op.Outputs.Length
        ? model.Tensors[op.Outputs[output]]
        : throw new UnsupportedException(Invariant($"output {output} is missing"));

    /// <summary>Its options.</summary>
    /// <param name="type">Which table they are: a number of the union <c>BuiltinOptions</c>.</param>
    /// <param name="fields">The fields that are known here. One beyond them may change what the operator means.</param>
    public OperatorOptions Options(int type, int fields)
    {
        if (op.OptionsType != 0 && op.OptionsType != type)
        {
            throw new UnsupportedException("its options are those of another operator");
        }
        for (int field = fields; field < op.Options.FieldCount; field++)
        {
            if (op.Options.Has(field))
            {
                throw new UnsupportedException(Invariant($"its option {field} is newer than this importer, which knows {fields}"));
            }
        }
        return new OperatorOptions(op.OptionsType == 0 ? default : op.Options);
    }

    /// <summary>The values of an input that must be known while importing.</summary>
    public IntegerTensor Known(int input, string what) => integers.Find(Input(input)) ?? throw new UnsupportedException(
        $"{what}, in '{InputTensor(input).ShownName}' {InputTensor(input).TypeAndShape}, is not known before the model runs; "
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
            ? throw new UnsupportedException($"{what} has {values.Length} values; expected {count?.ToString(CultureInfo.InvariantCulture) ?? $"at most {MostParameters}"}")
            : [.. values.Select(v => Int(v, what))];
    }

    /// <summary>An axis that counts from the end where it is negative, as one from 0.</summary>
    public static int Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : throw new UnsupportedException(Invariant($"axis {axis} is outside of {rank} dimensions"));
    }

    /// <summary>The operator in a model file.</summary>
    public MappedOperator Map(string kind, IEnumerable<int> inputs, AttributeList? attributes = null) =>
        new(kind, [.. inputs], op.Outputs, attributes?.ToImmutable() ?? []);

    public MappedOperator Map(string kind, AttributeList? attributes, params int[] inputs) => Map(kind, inputs.Select(Input), attributes);

    private static int Int(long value, string what) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new UnsupportedException(Invariant($"{what} has the value {value}, which is more than an int32 holds"));
}
