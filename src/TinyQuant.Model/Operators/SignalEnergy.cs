using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalEnergy: the squares of complex numbers' magnitudes, real² + imaginary², in a part of a spectrum; 0
/// outside of it.
/// </summary>
public sealed class SignalEnergy : SignalOperator
{
    private static readonly OperatorAttribute<int> s_start = AttributesOf<SignalEnergy>.Integer(
        "start_index", o => o.StartIndex, 0, int.MaxValue);
    private static readonly OperatorAttribute<int> s_end = AttributesOf<SignalEnergy>.Integer(
        "end_index", o => o.EndIndex, 0, int.MaxValue);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new SignalEnergy(p.Input, p.Output, p.Get(s_start), p.Get(s_end), p.Line), s_start, s_end);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">int16 [2 · n]: real and imaginary parts in turn.</param>
    /// <param name="output">uint32 [n].</param>
    /// <param name="startIndex">The first element that is computed.</param>
    /// <param name="endIndex">The one behind the last; at most n.</param>
    /// <param name="line">The line of the model file.</param>
    public SignalEnergy(Tensor input, Tensor output, int startIndex, int endIndex, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        StartIndex = startIndex;
        EndIndex = endIndex;
    }

    /// <summary>The first element that is computed.</summary>
    public int StartIndex { get; }

    /// <summary>The one behind the last.</summary>
    public int EndIndex { get; }

    /// <inheritdoc/>
    public override long Macs => 2L * (EndIndex - StartIndex);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.Int16, Input).Concat(Type(TensorType.UInt32, Output));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        int count = Output.ElementCount;
        if (Input.ElementCount != 2L * count)
        {
            yield return Invariant($"'{Input.Name}' {Input.ShapeText} are not the real and imaginary parts of ")
                + Invariant($"{count} numbers, as '{Output.Name}' {Output.ShapeText} has; expected twice as many ")
                + "elements";
        }
        else if (StartIndex > EndIndex || EndIndex > count)
        {
            yield return Invariant($"start_index={StartIndex} and end_index={EndIndex} are no part of '{Output.Name}' ")
                + Invariant($"{Output.ShapeText}; expected two in order, up to {count}");
        }
    }
}
