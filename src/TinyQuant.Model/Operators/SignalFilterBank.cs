using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalFilterBank: sums of a spectrum by weights, for bands that overlap. A band's falling side is the rising
/// side of the next one, so that one more is summed than there are outputs.
/// </summary>
/// <param name="inputs">The spectrum, uint32 [n]; weights of rising and of falling sides, int16; and for each band and
/// one more, int16 [channels + 1], where its side begins in the spectrum, where in the weights, and how wide it is. All
/// but the spectrum are constants.</param>
/// <param name="output">uint64 [channels].</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalFilterBank(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : SignalOperator(inputs, ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        6, 1, p => new SignalFilterBank(p.Inputs, p.Output, p.Line));

    /// <summary>Weights of rising sides.</summary>
    public Tensor Weights => Inputs[1];

    /// <summary>Weights of falling sides.</summary>
    public Tensor Unweights => Inputs[2];

    /// <summary>Where each side begins in the spectrum.</summary>
    public Tensor Starts => Inputs[3];

    /// <summary>Where each side begins in the weights.</summary>
    public Tensor WeightStarts => Inputs[4];

    /// <summary>How wide each side is.</summary>
    public Tensor Widths => Inputs[5];

    /// <inheritdoc/>
    public override long Macs => Widths.IsConstant ? 2L * Integers(Widths).Sum(w => (long)w) : 0;

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.UInt32, Input).Concat(Type(TensorType.Int16, [.. Inputs.Skip(1)]))
            .Concat(Type(TensorType.UInt64, Output))
            .Concat(Inputs.Skip(1).Where(t => !t.IsConstant)
                .Select(t => $"'{t.Name}' has no data; expected a constant"));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        long sides = Output.ElementCount + 1L;
        List<string> errors =
        [
            .. Checks.Shape(Starts, sides), .. Checks.Shape(WeightStarts, sides), .. Checks.Shape(Widths, sides),
        ];
        return errors.Count > 0 ? errors : PlaceErrors();
    }

    private IEnumerable<string> PlaceErrors()
    {
        (short[] starts, short[] weights, short[] widths) = (
            Integers(Starts), Integers(WeightStarts), Integers(Widths));
        int most = Math.Min(Weights.ElementCount, Unweights.ElementCount);
        for (int i = 0; i < widths.Length; i++)
        {
            bool fits = starts[i] >= 0 && weights[i] >= 0 && widths[i] >= 0
                && starts[i] + widths[i] <= Input.ElementCount && weights[i] + widths[i] <= most;
            if (!fits)
            {
                yield return Invariant($"side {i} has {widths[i]} elements from {starts[i]} of '{Input.Name}' ")
                    + Invariant($"{Input.ShapeText} and from {weights[i]} of {most} weights; expected a part of both");
                yield break;
            }
        }
    }

    private static short[] Integers(Tensor tensor) =>
        MemoryMarshal.Cast<byte, short>(tensor.Data!.Value.AsSpan()).ToArray();
}
