using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>Random operators that copy elements, over tensors of one type and quantization.</summary>
internal sealed class MovementMaker(OperatorSheet sheet, TensorType type)
{
    private readonly Quantization? _quantization = type switch
    {
        TensorType.Int8 or TensorType.Int16 or TensorType.Int32 => sheet.Quantization(),
        TensorType.UInt8 => new(0.1f, sheet.Random.Next(256)),
        _ => null,
    };

    private Random Random => sheet.Random;

    public Transpose Transpose(params int[] shape)
    {
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        Random.Shuffle(order);
        return new Transpose(Input(shape), Output([.. order.Select(d => shape[d])]), [.. order]);
    }

    public Slice Slice(params int[] shape)
    {
        int[] begin = [.. shape.Select(size => Random.Next(size))];
        int[] size = [.. shape.Select((s, d) => Random.Next(1, s - begin[d] + 1))];
        return new Slice(Input(shape), Output(size), [.. begin], [.. size]);
    }

    /// <summary>Any steps, backwards too; the output has one dimension.</summary>
    public StridedSlice StridedSlice(params int[] shape)
    {
        int[] begin = [.. shape.Select(size => Random.Next(size))];
        int[] strides = [.. shape.Select(_ => Random.Next(1, 4) * (Random.Next(2) == 0 ? 1 : -1))];
        int[] size = [
            .. shape.Select((s, d) =>
                Random.Next(1, (strides[d] > 0 ? (s - 1 - begin[d]) / strides[d] : begin[d] / -strides[d]) + 2))];
        return new StridedSlice(
            Input(shape), Output(size.Aggregate(1, (product, s) => product * s)), [.. begin], [.. size], [.. strides]);
    }

    public PaddingOperator Pad(bool hasValue, params int[] shape)
    {
        int[] paddings = [.. shape.SelectMany(_ => new[] { Random.Next(3), Random.Next(3) })];
        Tensor output = Output([.. shape.Select((size, d) => size + paddings[2 * d] + paddings[(2 * d) + 1])]);
        return hasValue
            ? new PadV2(Input(shape), sheet.Constant(type, _quantization), output, [.. paddings])
            : new Pad(Input(shape), output, [.. paddings]);
    }

    public Concatenation Concatenation(int axis, int count, params int[] shape)
    {
        Tensor[] inputs = [
            .. Sized(axis, count, shape).Select((s, i) => i == 1 ? sheet.Constant(type, _quantization, s) : Input(s))];
        return new Concatenation([.. inputs], Output(With(shape, axis, inputs.Sum(i => i.Shape[axis]))), axis);
    }

    public SplitV SplitV(int axis, int count, params int[] shape)
    {
        int[][] parts = [.. Sized(axis, count, shape)];
        return new SplitV(Input(With(shape, axis, parts.Sum(p => p[axis]))), [.. parts.Select(Output)], axis);
    }

    public Split Split(int axis, int count, params int[] shape) =>
        new(Input(With(shape, axis, count * shape[axis])), [.. Enumerable.Range(0, count).Select(_ => Output(shape))],
            axis);

    public Pack Pack(int axis, int count, params int[] shape) =>
        new([.. Enumerable.Range(0, count).Select(_ => Input(shape))],
            Output([.. shape.Take(axis), count, .. shape.Skip(axis)]), axis);

    public Unpack Unpack(int axis, params int[] shape) =>
        new(Input(shape),
            [.. Enumerable.Range(0, shape[axis]).Select(_ => Output([.. shape.Where((_, d) => d != axis)]))], axis);

    public ResizeNearestNeighbor Resize(int[] shape, int height, int width, bool alignCorners, bool halfPixelCenters) =>
        new(Input(shape), Output(shape[0], height, width, shape[3]), alignCorners, halfPixelCenters);

    public SpaceToDepth SpaceToDepth(int block, params int[] shape) =>
        new(Input(shape[0], shape[1] * block, shape[2] * block, shape[3]),
            Output(shape[0], shape[1], shape[2], shape[3] * block * block), block);

    public DepthToSpace DepthToSpace(int block, params int[] shape) =>
        new(Input(shape[0], shape[1], shape[2], shape[3] * block * block),
            Output(shape[0], shape[1] * block, shape[2] * block, shape[3]), block);

    /// <summary>
    /// Images in a batch of one or two dimensions of a block, in random steps and with random margins.
    /// </summary>
    public BatchChange BatchChange(bool toBatch, int dimensions)
    {
        int[] block = [.. Enumerable.Range(0, dimensions).Select(_ => Random.Next(1, 4))];
        int[] margins = [.. Enumerable.Range(0, 2 * dimensions).Select(_ => Random.Next(4))];
        int batches = Random.Next(1, 3);
        int channels = Random.Next(1, 5);
        // Enough of them that something is left between the margins.
        int[] sizes = [.. block.Select((b, d) => ((margins[2 * d] + margins[(2 * d) + 1]) / b) + Random.Next(1, 4))];
        int[] whole = [
            batches, .. sizes.Select((size, d) => (size * block[d]) - margins[2 * d] - margins[(2 * d) + 1]), channels];
        int[] batch = [block.Aggregate(batches, (product, b) => product * b), .. sizes, channels];
        return toBatch
            ? new SpaceToBatchNd(Input(whole), Output(batch), [.. block], [.. margins])
            : new BatchToSpaceNd(Input(batch), Output(whole), [.. block], [.. margins]);
    }

    public Tensor Input(params int[] shape) => sheet.Input(type, _quantization, shape);

    public Tensor Hidden(params int[] shape) => sheet.Hidden(type, _quantization, shape);

    public Tensor Output(params int[] shape) => sheet.Output(type, _quantization, shape);

    public Tensor Constant(params int[] shape) => sheet.Constant(type, _quantization, shape);

    private IEnumerable<int[]> Sized(int axis, int count, int[] shape) =>
        Enumerable.Range(0, count).Select(_ => With(shape, axis, Random.Next(1, 6)));

    private static int[] With(int[] shape, int axis, int size) => [.. shape.Select((s, d) => d == axis ? size : s)];
}
