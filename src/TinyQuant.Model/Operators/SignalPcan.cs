using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalPCAN: automatic gain for each channel by its estimate of noise, and a function that flattens large
/// values.
/// </summary>
public sealed class SignalPcan : SignalOperator
{
    /// <summary>Entries of a table of gains: for 0, 1 and 2, and up to four for each number of bits beyond.</summary>
    public const int TableLength = (4 * 32) - 3;

    private const int MostShift = 63;

    private static readonly OperatorAttribute<int> s_shift = AttributesOf<SignalPcan>.Integer(
        "snr_shift", o => o.SnrShift, 0, MostShift);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        3, 1, p => new SignalPcan(p.Input, p.Inputs[1], p.Inputs[2], p.Output, p.Get(s_shift), p.Line), s_shift);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">uint32, the channels.</param>
    /// <param name="estimate">The input's type and shape: the noise in them.</param>
    /// <param name="table">int16 [125 or more]: for each number of bits, a gain and what a parabola adds.</param>
    /// <param name="output">The input's type and shape.</param>
    /// <param name="snrShift">By how many bits a channel times its gain is shifted to the right; 0 to 63.</param>
    /// <param name="line">The line of the model file.</param>
    public SignalPcan(Tensor input, Tensor estimate, Tensor table, Tensor output, int snrShift, int line = -1)
        : base(ImmutableArray.Create(input, estimate, table), ImmutableArray.Create(output), line) =>
        SnrShift = snrShift;

    /// <summary>By how many bits a channel times its gain is shifted to the right.</summary>
    public int SnrShift { get; }

    /// <summary>The noise in the channels.</summary>
    public Tensor Estimate => Inputs[1];

    /// <summary>Gains.</summary>
    public Tensor Table => Inputs[2];

    /// <inheritdoc/>
    public override long Macs => 2L * Input.ElementCount;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs => ImmutableArray.Create(0, 1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.UInt32, Input, Estimate, Output).Concat(Type(TensorType.Int16, Table));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        if (Table.ElementCount < TableLength)
        {
            yield return Invariant($"'{Table.Name}' {Table.ShapeText} has no gain for each estimate; expected ")
                + Invariant($"{TableLength} elements or more");
        }

        foreach (string error in Like(Estimate, Input).Concat(Like(Output, Input)))
        {
            yield return error;
        }
    }
}
