namespace TinyQuant.Kernels;

/// <summary>A dense layer's shape, read from the lengths of its spans.</summary>
internal readonly struct FullyConnectedShape
{
    private FullyConnectedShape(int input, int outputs, int results)
    {
        if (outputs == 0)
        {
            throw new ArgumentException("The bias has 0 elements: a layer has at least one output.");
        }

        Outputs = outputs;
        Rows = results == outputs ? 1 : results / outputs;
        Depth = Rows switch { 0 => 0, 1 => input, _ => input / Rows };
        if ((long)Rows * outputs != results)
        {
            Lengths.Throw(results, (long)(Rows + 1) * outputs, "output", "bias");
        }

        if ((long)Rows * Depth != input)
        {
            Lengths.Throw(input, (long)Rows * Depth, "input", "output");
        }
    }

    public int Rows { get; }

    public int Outputs { get; }

    public int Depth { get; }

    /// <summary>The shape with packed weights, which have a multiple of four a row.</summary>
    public static FullyConnectedShape OfPacked(int input, int weights, int outputs, int results)
    {
        FullyConnectedShape shape = new(input, outputs, results);
        shape.CheckWeights(weights, (shape.Depth + 3L) / 4 * 4);
        return shape;
    }

    /// <summary>The shape with row-major weights.</summary>
    public static FullyConnectedShape OfRows(int input, int weights, int outputs, int results)
    {
        FullyConnectedShape shape = new(input, outputs, results);
        shape.CheckWeights(weights, shape.Depth);
        return shape;
    }

    private void CheckWeights(int weights, long rowLength)
    {
        // Without a row there is no depth to check against, and nothing is read.
        if (Rows != 0 && weights != Outputs * rowLength)
        {
            Lengths.Throw(weights, Outputs * rowLength, "weights", "outputs and the depth");
        }
    }
}
