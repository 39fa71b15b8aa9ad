using TinyQuant.Model;

namespace TinyQuant.Export.Onnx;

/// <summary>
/// The order of dimensions: tensors of four are images, [batches, height, width, channels] in a graph and
/// [batches, channels, height, width] in ONNX. All others are alike.
/// </summary>
internal static class Layout
{
    private const int ImageRank = 4;

    private static readonly int[] s_toOnnx = [0, 3, 1, 2];
    private static readonly int[] s_toGraph = [0, 2, 3, 1];

    public static bool IsImage(this Tensor tensor) => tensor.Shape.Length == ImageRank;

    /// <summary>The tensor's dimensions in ONNX.</summary>
    public static long[] OnnxShape(this Tensor tensor) =>
        [.. (tensor.IsImage() ? s_toOnnx.Select(d => tensor.Shape[d]) : tensor.Shape).Select(d => (long)d)];

    /// <summary>Where a dimension of the tensor is in ONNX.</summary>
    public static int OnnxAxis(this Tensor tensor, int axis) => tensor.IsImage() ? Array.IndexOf(s_toOnnx, axis) : axis;

    /// <summary>Whether its elements lie in another order in ONNX, and not only under another shape.</summary>
    public static bool IsReordered(this Tensor tensor) =>
        tensor.IsImage() && tensor.Shape[3] > 1 && tensor.Shape[1] * tensor.Shape[2] > 1;

    /// <summary>The permutation from a graph's order to that of ONNX.</summary>
    public static IEnumerable<int> ToOnnx => s_toOnnx;

    /// <summary>The permutation from the order of ONNX to a graph's.</summary>
    public static IEnumerable<int> ToGraph => s_toGraph;

    /// <summary>Elements with their dimensions in another order.</summary>
    /// <param name="data">Row-major.</param>
    /// <param name="size">The bytes of an element.</param>
    /// <param name="shape">The dimensions now.</param>
    /// <param name="permutation">For each dimension then, which it is now.</param>
    public static byte[] Permute(
        ReadOnlySpan<byte> data, int size, IReadOnlyList<int> shape, IReadOnlyList<int> permutation)
    {
        int rank = shape.Count;
        int[] strides = new int[rank];
        int stride = size;
        for (int d = rank - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        byte[] result = new byte[data.Length];
        int[] index = new int[rank];
        for (int to = 0; to < result.Length; to += size)
        {
            int from = 0;
            for (int d = 0; d < rank; d++)
            {
                from += index[d] * strides[permutation[d]];
            }

            data.Slice(from, size).CopyTo(result.AsSpan(to));
            for (int d = rank - 1; d >= 0 && ++index[d] == shape[permutation[d]]; d--)
            {
                index[d] = 0;
            }
        }

        return result;
    }
}
