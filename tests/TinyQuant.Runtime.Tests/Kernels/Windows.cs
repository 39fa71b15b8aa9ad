using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Random windows: any that fit into memory, whether or not a model could have them.</summary>
internal static class Windows
{
    /// <summary>
    /// Windows over an input; the output's channels are those of the input times <paramref name="channels"/> where that
    /// is given.
    /// </summary>
    public static Gen<WindowGeometry> Any(
        Gen<int> inputChannels, Gen<int>? outputChannels = null, Gen<int>? channels = null) =>
        from batches in Gen.Int[1, 2]
        from input in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9])
        from output in Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6])
        from filter in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from dilation in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from padding in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3])
        from depth in inputChannels
        from outputs in outputChannels ?? channels!.Select(multiplier => multiplier * depth)
        select new WindowGeometry(
            batches, input.Item1, input.Item2, depth, output.Item1, output.Item2, outputs, filter.Item1, filter.Item2,
            stride.Item1, stride.Item2, dilation.Item1, dilation.Item2, padding.Item1, padding.Item2);

    /// <summary>Windows as models have them, with an output no larger than the input.</summary>
    public static Gen<WindowGeometry> Same(Gen<int> depths) =>
        from batches in Gen.Int[1, 2]
        from input in Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12])
        from filter in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from dilation in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from depth in depths
        let height = Positions(input.Item1, filter.Item1, stride.Item1, dilation.Item1)
        let width = Positions(input.Item2, filter.Item2, stride.Item2, dilation.Item2)
        select new WindowGeometry(
            batches, input.Item1, input.Item2, depth, height.Count, width.Count, depth, filter.Item1, filter.Item2,
            stride.Item1, stride.Item2, dilation.Item1, dilation.Item2, height.Before, width.Before);

    /// <summary>
    /// Windows that lie so far from each other that copying the rows under a few of them takes more than 4,096 bytes.
    /// </summary>
    public static Gen<WindowGeometry> Far() =>
        from input in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 70])
        from filter in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[5, 80])
        from depth in Gen.OneOf(Gen.Int[30, 70], Gen.OneOfConst(256, 333))
        from outputs in Gen.Int[1, 17]
        let height = Positions(input.Item1, filter.Item1, stride.Item1, 1)
        let width = Positions(input.Item2, filter.Item2, stride.Item2, 1)
        select new WindowGeometry(
            1, input.Item1, input.Item2, depth, height.Count, width.Count, outputs, filter.Item1, filter.Item2,
            stride.Item1, stride.Item2, 1, 1, height.Before, width.Before);

    private static (int Count, int Before) Positions(int input, int filter, int stride, int dilation)
    {
        int count = (input + stride - 1) / stride;
        return (count, Math.Max(0, ((count - 1) * stride) + ((filter - 1) * dilation) + 1 - input) / 2);
    }
}
