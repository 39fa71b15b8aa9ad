using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Operators that copy elements, one element of an output at a time, by its index.</summary>
internal static class PlainMovement
{
    public static double[][] Run(Movement op, double[][] inputs) => op switch
    {
        ShapeChange => [inputs[0]],
        Transpose transpose => [Transpose(transpose, inputs[0])],
        Slicing slicing => [Slice(slicing, inputs[0])],
        PaddingOperator pad => [Pad(pad, inputs)],
        Concatenation concatenation => [Concatenation(concatenation, inputs)],
        Pack pack =>
            [Indexes.Of(pack.Output.Shape).Select(i =>
                inputs[i[pack.Axis]][Indexes.Element(pack.Input.Shape, Indexes.Remove(i, pack.Axis))]).ToArray()],
        Unpack unpack => [.. unpack.Outputs.Select((o, part) => Indexes.Of(o.Shape)
            .Select(i => inputs[0][Indexes.Element(unpack.Input.Shape, Indexes.Insert(i, unpack.Axis, part))])
            .ToArray())],
        Partition partition => Split(partition, inputs[0]),
        ResizeNearestNeighbor resize => [Resize(resize, inputs[0])],
        SpaceToDepth change =>
            [Indexes.Of(change.Output.Shape)
                .Select(i => inputs[0][Indexes.Element(change.Input.Shape, Pixel(change, i, change.Input.Shape[3]))])
                .ToArray()],
        DepthToSpace change => [DepthToSpace(change, inputs[0])],
        SpaceToBatchNd change => [SpaceToBatch(change, inputs[0])],
        BatchToSpaceNd change => [BatchToSpace(change, inputs[0])],
        _ => throw new ArgumentException(op.Kind),
    };

    private static double[] Transpose(Transpose op, double[] input) => [.. Indexes.Of(op.Output.Shape).Select(index =>
    {
        var from = new int[index.Length];
        for (int d = 0; d < index.Length; d++)
        {
            from[op.Permutation[d]] = index[d];
        }

        return input[Indexes.Element(op.Input.Shape, from)];
    })];

    private static double[] Slice(Slicing op, double[] input) => [.. Indexes.Of(op.Size).Select(index =>
        input[Indexes.Element(op.Input.Shape, [.. index.Select((i, d) => op.Begin[d] + (i * op.Strides[d]))])])];

    private static double[] Pad(PaddingOperator op, double[][] inputs)
    {
        double value = op is PadV2 ? inputs[1][0] : Zero(op.Output);
        return [.. Indexes.Of(op.Output.Shape).Select(index =>
        {
            int[] from = [.. index.Select((i, d) => i - op.Paddings[2 * d])];
            bool isInside = from.Select((i, d) => i >= 0 && i < op.Input.Shape[d]).All(inside => inside);
            return isInside ? inputs[0][Indexes.Element(op.Input.Shape, from)] : value;
        })];
    }

    /// <summary>
    /// PadEval of micro/kernels/pad.cc: the zero point in int8 (and TensorFlow Lite's uint8), else code 0.
    /// </summary>
    private static double Zero(Tensor output) => output.Type switch
    {
        TensorType.Int8 or TensorType.UInt8 => output.Quantization?.ZeroPoint ?? 0,
        _ => 0,
    };

    private static double[] Concatenation(Concatenation op, double[][] inputs) =>
        [.. Indexes.Of(op.Output.Shape).Select(index =>
    {
        int at = index[op.Axis];
        int source = 0;
        for (; at >= op.Inputs[source].Shape[op.Axis]; source++)
        {
            at -= op.Inputs[source].Shape[op.Axis];
        }

        return inputs[source][Indexes.Element(op.Inputs[source].Shape, Indexes.With(index, op.Axis, at))];
    })];

    private static double[][] Split(Partition op, double[] input)
    {
        int begin = 0;
        var parts = new List<double[]>();
        foreach (Tensor output in op.Outputs)
        {
            parts.Add([
                .. Indexes.Of(output.Shape).Select(i =>
                    input[Indexes.Element(op.Input.Shape, Indexes.With(i, op.Axis, begin + i[op.Axis]))])]);
            begin += output.Shape[op.Axis];
        }

        return [.. parts];
    }

    private static double[] Resize(ResizeNearestNeighbor op, double[] input) =>
        [.. Indexes.Of(op.Output.Shape).Select(i =>
        input[Indexes.Element(op.Input.Shape, [i[0], Nearest(op, 1, i[1]), Nearest(op, 2, i[2]), i[3]])])];

    /// <summary>The pixel and channel of the image of many pixels that a channel of the other one is.</summary>
    private static int[] Pixel(DepthChange op, int[] index, int channels) =>
        [index[0], (index[1] * op.BlockSize) + (index[3] / channels / op.BlockSize),
            (index[2] * op.BlockSize) + (index[3] / channels % op.BlockSize), index[3] % channels];

    private static double[] DepthToSpace(DepthToSpace op, double[] input)
    {
        double[] output = new double[input.Length];
        foreach (int[] index in Indexes.Of(op.Input.Shape))
        {
            output[Indexes.Element(op.Output.Shape, Pixel(op, index, op.Output.Shape[3]))] = input[
                Indexes.Element(op.Input.Shape, index)];
        }

        return output;
    }

    /// <summary>tensorflow/lite/kernels/internal/reference/space_to_batch_nd.h.</summary>
    private static double[] SpaceToBatch(SpaceToBatchNd op, double[] input) =>
        [.. Indexes.Of(op.Output.Shape).Select(index =>
    {
        int[] from = Whole(op, index, op.Input.Shape[0]);
        return from.Select((i, d) => i >= 0 && i < op.Input.Shape[d]).All(inside => inside)
            ? input[Indexes.Element(op.Input.Shape, from)]
            : op.Output.Quantization?.ZeroPoint ?? 0;
    })];

    /// <summary>tensorflow/lite/kernels/internal/reference/batch_to_space_nd.h.</summary>
    private static double[] BatchToSpace(BatchToSpaceNd op, double[] input)
    {
        double[] output = [.. Indexes.Of(op.Output.Shape).Select(_ => double.NaN)];
        foreach (int[] index in Indexes.Of(op.Input.Shape))
        {
            int[] to = Whole(op, index, op.Output.Shape[0]);
            if (to.Select((i, d) => i >= 0 && i < op.Output.Shape[d]).All(inside => inside))
            {
                output[Indexes.Element(op.Output.Shape, to)] = input[Indexes.Element(op.Input.Shape, index)];
            }
        }

        return output;
    }

    /// <summary>Where an element of an image in the batch lies in the whole one, or outside of it.</summary>
    private static int[] Whole(BatchChange op, int[] index, int batches)
    {
        int block = index[0] / batches;
        int[] whole = [index[0] % batches, .. index.Skip(1)];
        for (int d = op.Block.Length - 1; d >= 0; d--)
        {
            whole[d + 1] = (index[d + 1] * op.Block[d]) + (block % op.Block[d]) - op.Margins[2 * d];
            block /= op.Block[d];
        }

        return whole;
    }

    /// <summary>GetNearestNeighbor of tensorflow/lite/kernels/internal/reference/resize_nearest_neighbor.h.</summary>
    private static int Nearest(ResizeNearestNeighbor op, int dimension, int at)
    {
        int from = op.Input.Shape[dimension];
        int to = op.Output.Shape[dimension];
        float scale = op.AlignCorners && to > 1 ? (from - 1) / (float)(to - 1) : from / (float)to;
        float position = (at + (op.HalfPixelCenters ? 0.5f : 0f)) * scale;
        int nearest = (int)(op.AlignCorners
            ? MathF.Round(position, MidpointRounding.AwayFromZero)
            : MathF.Floor(position));
        return Math.Max(0, Math.Min(nearest, from - 1));
    }
}
