using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>A depthwise convolution with a depthwise unit and a rounding.</summary>
internal readonly unsafe struct DepthwiseKernel<TRequantizer> : IDepthwiseKernel<DepthwiseArgs>
    where TRequantizer : struct, IRequantizer
{
    public static void Run<TUnit, TSum, TGroup>(ref DepthwiseArgs args)
        where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        DepthwiseLoops.Run(ref args, new()
        {
            GroupRows = TUnit.Rows,
            GroupBytes = 4 * TUnit.GroupBytes,
            Offset = TUnit.Offset,
            Weights = &DepthwiseWeights<TUnit, TSum, TGroup>.Prepare,
            Interleave = &DepthwiseProducts<TUnit, TSum, TGroup>.Interleave,
            Products = &DepthwiseProducts<TUnit, TSum, TGroup>.Run,
            Constants = &Prepare,
            Codes = &Write,
        });
    }

    private static void Prepare(ref DepthwiseArgs args, DepthwiseTile* tile)
    {
        // |x − zp| is at most 255, and |w| 128.
        long products = (long)args.Geometry.FilterHeight * args.Geometry.FilterWidth * 255 * 128;
        int channels = tile->Plan.Channels;
        *tile->Kinds = ScalingChoice.Prepare<TRequantizer>(
            args.Requantization, tile->First, channels, products, args.Bias, tile->Constants);
        if (channels == 8)
        {
            // Two positions of eight channels are written as one of 16.
            *tile->Kinds |= *tile->Kinds << 2;
            new ReadOnlySpan<int>(tile->Constants, ChannelConstants.Block).CopyTo(
                new(tile->Constants + ChannelConstants.Block, ChannelConstants.Block));
        }
    }

    private static void Write(ref DepthwiseArgs args, DepthwiseTile* tile, int* sums, int positions, sbyte* output)
    {
        int channels = tile->Plan.Channels;
        int lanes = tile->Plan.SumLanes;
        int stride = args.Geometry.OutputChannels;
        if (stride == 8 && lanes == 8 && positions % 2 == 0 && (*tile->Kinds & 3) != (uint)ScalingKind.Scalar)
        {
            (channels, lanes, stride, positions) = (16, 16, 16, positions / 2);
        }

        SumTile codes = new()
        {
            Sums = sums,
            SumStride = lanes,
            Positions = positions,
            Constants = tile->Constants,
            Output = output,
            Stride = stride,
            ZeroPoint = args.Requantization.ZeroPoint,
            Min = args.Requantization.Min,
            Max = args.Requantization.Max,
        };
        uint kinds = *tile->Kinds;
        for (int done = 0; done < channels; done += 16, kinds >>= 4)
        {
            codes.Channels = Math.Min(channels - done, 16);
            ScalingChoice.Run<TRequantizer>(&codes, kinds, args.Requantization, tile->First + done);
            codes.Sums += 16;
            codes.Output += 16;
            codes.Constants += 2 * ChannelConstants.Block;
        }
    }
}
