using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Int4;

/// <summary>
/// Weights [outputs, depth] in 4 bits, in the order in which the int8 kernels read packed weights: any outputs of them,
/// from a multiple of 8 on, are int8 weights as soon as they are written out.
/// </summary>
internal readonly ref struct Int4Weights
{
    private readonly ReadOnlySpan<byte> _codes;
    private readonly ReadOnlySpan<sbyte> _multipliers;
    private readonly int _outputs;
    private readonly int _depth;

    /// <param name="codes">As <see cref="Int4Codes"/> packs them.</param>
    /// <param name="multipliers">
    /// Column by column of 8, then 4, 2 and 1 outputs, in a column for each 32 inputs a factor for each output; empty
    /// for none.
    /// </param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="depth">Inputs of an output, padding included: a multiple of 4.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public Int4Weights(ReadOnlySpan<sbyte> codes, ReadOnlySpan<sbyte> multipliers, int outputs, int depth)
    {
        SpanChecks.Equal(codes.Length, Int4Layout.PackedLength(SpanChecks.Fit((long)outputs * depth, "weights")),
            "weights", "outputs and the depth");
        if (!multipliers.IsEmpty)
        {
            SpanChecks.Equal(
                multipliers.Length, (long)outputs * Int4Layout.Groups(depth), "multipliers", "outputs and the depth");
        }

        _codes = MemoryMarshal.AsBytes(codes);
        _multipliers = multipliers;
        _outputs = outputs;
        _depth = depth;
    }

    /// <summary>
    /// How many outputs are computed at a time: all where there is room for them, else a multiple of 8.
    /// </summary>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="room">Outputs that there is room for.</param>
    /// <exception cref="ArgumentException">It is less than 8.</exception>
    public static int OutputsAtOnce(int outputs, int room)
    {
        int most = room >= outputs ? outputs : room & ~7;
        SpanChecks.AtLeast(most, 1, "block", "outputs and the depth");
        return most;
    }

    /// <summary>Writes the int8 weights of some outputs out.</summary>
    /// <param name="first">The first output, a multiple of 8.</param>
    /// <param name="count">How many; a multiple of 8 unless they are the last.</param>
    /// <param name="weights">Room for their depths.</param>
    public void Unpack(int first, int count, Span<sbyte> weights)
    {
        weights = weights[..(count * _depth)];
        Int4Codes.Unpack(_codes[Int4Layout.PackedLength(first * _depth)..], weights);
        if (_multipliers.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<sbyte> multipliers = _multipliers[(first * Int4Layout.Groups(_depth))..];
        for (int left = _outputs - first; !weights.IsEmpty;)
        {
            int width = PackedLayout.ColumnWidth(left);
            Multiply(weights[..(width * _depth)], multipliers, width);
            weights = weights[(width * _depth)..];
            multipliers = multipliers[(width * Int4Layout.Groups(_depth))..];
            left -= width;
        }
    }

    /// <summary>One column: 4 weights of each output in turn, so that the factors of 4 inputs repeat.</summary>
    private static void Multiply(Span<sbyte> column, ReadOnlySpan<sbyte> multipliers, int width)
    {
        Span<sbyte> pattern = stackalloc sbyte[PackedLayout.ColumnOutputs * PackedLayout.StepInputs];
        while (!column.IsEmpty)
        {
            for (int i = 0; i < pattern.Length; i++)
            {
                pattern[i] = multipliers[i / PackedLayout.StepInputs % width];
            }

            int group = Math.Min(column.Length, width * Int4Layout.GroupInputs);
            Int4Codes.Multiply(column[..group], pattern);
            column = column[group..];
            multipliers = multipliers[width..];
        }
    }
}
