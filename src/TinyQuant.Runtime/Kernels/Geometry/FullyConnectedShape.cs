using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Geometry;

/// <summary>A dense layer's shape, read from the lengths of its spans.</summary>
internal readonly struct FullyConnectedShape
{
    private FullyConnectedShape(int rows, int outputs, int depth)
    {
        Rows = rows;
        Outputs = outputs;
        Depth = depth;
    }

    public int Rows { get; }

    public int Outputs { get; }

    public int Depth { get; }

    /// <summary>The shape with packed weights, which have a multiple of four a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FullyConnectedShape OfPacked(int input, int weights, int outputs, int results) =>
        // What a model runs, without divisions and a call.
        results == outputs && outputs != 0 && weights == outputs * PackedLayout.Padded(input)
            ? new(1, outputs, input)
            : OfRows(input, weights, outputs, results, isPacked: true);

    /// <summary>The shape with row-major weights.</summary>
    public static FullyConnectedShape OfRows(int input, int weights, int outputs, int results) =>
        OfRows(input, weights, outputs, results, isPacked: false);

    private static FullyConnectedShape OfRows(int input, int weights, int outputs, int results, bool isPacked)
    {
        if (outputs == 0)
        {
            throw new ArgumentException("The bias has 0 elements: a layer has at least one output.");
        }

        int rows = results == outputs ? 1 : results / outputs;
        int depth = rows switch { 0 => 0, 1 => input, _ => input / rows };
        if ((long)rows * outputs != results)
        {
            SpanChecks.Throw(results, (long)(rows + 1) * outputs, "output", "bias");
        }

        if ((long)rows * depth != input)
        {
            SpanChecks.Throw(input, (long)rows * depth, "input", "output");
        }

        // Without a row there is no depth to check against, and nothing is read.
        long rowLength = isPacked ? PackedLayout.Padded(depth) : depth;
        if (rows != 0 && weights != outputs * rowLength)
        {
            SpanChecks.Throw(weights, outputs * rowLength, "weights", "outputs and the depth");
        }

        return new(rows, outputs, depth);
    }
}
