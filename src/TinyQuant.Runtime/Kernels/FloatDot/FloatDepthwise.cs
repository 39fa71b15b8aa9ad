using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.FloatDot;

/// <summary>
/// What a float32 depthwise convolution of one channel in, one channel out works on; lengths are checked.
/// </summary>
internal ref struct FloatDepthwiseArgs
{
    public WindowGeometry Geometry;
    public ref float Input;
    public ref float Weights;
    public ref float Bias;
    public ref float Output;

    /// <summary>The least and the greatest output.</summary>
    public float Min, Max;
}

/// <summary>
/// A vector of channels at a time, and four positions where all of their windows lie inside the width, so that each
/// load of weights serves four.
/// </summary>
internal static class FloatDepthwise<TUnit, TVector>
    where TUnit : struct, IFloatUnit<TVector>
    where TVector : struct
{
    /// <summary>
    /// The channels from <paramref name="first"/> on, as far as vectors of them go; returns the first that is left.
    /// </summary>
    public static int Run(ref FloatDepthwiseArgs args, int first)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        int end = first + ((g.InputChannels - first) / TUnit.Width * TUnit.Width);
        if (end == first)
        {
            return first;
        }

        for (int batch = 0; batch < g.Batches; batch++)
        {
            ref float image = ref Unsafe.Add(ref args.Input, (nint)batch * g.InputHeight * g.InputRow);
            for (int row = 0; row < g.OutputHeight; row++)
            {
                ref float output = ref Unsafe.Add(
                    ref args.Output, (((nint)batch * g.OutputHeight) + row) * g.OutputRow);
                Row(ref args, ref image, row, first, end, ref output);
            }
        }

        return end;
    }

    private static void Row(ref FloatDepthwiseArgs args, ref float image, int row, int first, int end, ref float output)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        // a stride that no window takes may be any
        long extent = (3L * g.StrideWidth) + ((g.FilterWidth - 1) * g.DilationWidth);
        for (int column = 0; column < g.OutputWidth;)
        {
            int left = g.FirstColumn(column);
            bool four = column <= g.OutputWidth - 4 && left >= 0 && left + extent < g.InputWidth;
            ref float target = ref Unsafe.Add(ref output, (nint)column * g.OutputChannels);
            for (int channel = first; channel < end; channel += TUnit.Width)
            {
                if (four)
                {
                    Four(ref args, ref image, row, left, channel, ref Unsafe.Add(ref target, channel));
                }
                else
                {
                    One(ref args, ref image, row, left, channel, ref Unsafe.Add(ref target, channel));
                }
            }

            column += four ? 4 : 1;
        }
    }

    private static void Four(
        ref FloatDepthwiseArgs args, ref float image, int row, int left, int channel, ref float output)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        nint channels = g.InputChannels;
        nint step = g.StrideWidth * channels;
        nint tap = g.DilationWidth * channels;
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int top = g.FirstRow(row);
        for (int i = 0; i < g.FilterHeight; i++)
        {
            int y = top + (i * g.DilationHeight);
            if ((uint)y >= (uint)g.InputHeight)
            {
                continue;
            }

            ref float x = ref Unsafe.Add(ref image, ((((nint)y * g.InputWidth) + left) * channels) + channel);
            ref float w = ref Unsafe.Add(ref args.Weights, ((nint)i * g.FilterWidth * channels) + channel);
            for (int k = 0; k < g.FilterWidth; k++)
            {
                TVector weights = TUnit.Load(ref w);
                sum0 = TUnit.MultiplyAdd(TUnit.Load(ref x), weights, sum0);
                sum1 = TUnit.MultiplyAdd(TUnit.Load(ref Unsafe.Add(ref x, step)), weights, sum1);
                sum2 = TUnit.MultiplyAdd(TUnit.Load(ref Unsafe.Add(ref x, 2 * step)), weights, sum2);
                sum3 = TUnit.MultiplyAdd(TUnit.Load(ref Unsafe.Add(ref x, 3 * step)), weights, sum3);
                x = ref Unsafe.Add(ref x, tap);
                w = ref Unsafe.Add(ref w, channels);
            }
        }

        TVector bias = TUnit.Load(ref Unsafe.Add(ref args.Bias, channel));
        TVector least = TUnit.Broadcast(args.Min), greatest = TUnit.Broadcast(args.Max);
        Finish(sum0, bias, least, greatest, ref output);
        Finish(sum1, bias, least, greatest, ref Unsafe.Add(ref output, channels));
        Finish(sum2, bias, least, greatest, ref Unsafe.Add(ref output, 2 * channels));
        Finish(sum3, bias, least, greatest, ref Unsafe.Add(ref output, 3 * channels));
    }

    private static void One(
        ref FloatDepthwiseArgs args, ref float image, int row, int left, int channel, ref float output)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        nint channels = g.InputChannels;
        TVector sum = default;
        int top = g.FirstRow(row);
        for (int i = 0; i < g.FilterHeight; i++)
        {
            int y = top + (i * g.DilationHeight);
            for (int k = 0; k < g.FilterWidth; k++)
            {
                int x = left + (k * g.DilationWidth);
                if ((uint)y < (uint)g.InputHeight && (uint)x < (uint)g.InputWidth)
                {
                    sum = TUnit.MultiplyAdd(
                        TUnit.Load(ref Unsafe.Add(ref image, ((((nint)y * g.InputWidth) + x) * channels) + channel)),
                        TUnit.Load(
                            ref Unsafe.Add(ref args.Weights, ((((nint)i * g.FilterWidth) + k) * channels) + channel)),
                        sum);
                }
            }
        }

        TVector bias = TUnit.Load(ref Unsafe.Add(ref args.Bias, channel));
        Finish(sum, bias, TUnit.Broadcast(args.Min), TUnit.Broadcast(args.Max), ref output);
    }

    /// <summary>
    /// The bias behind the sum, as in TensorFlow Lite's reference: begun with, it is lost where products cancel.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TVector sum, TVector bias, TVector least, TVector greatest, ref float output) =>
        TUnit.Store(TUnit.Clamp(TUnit.Add(sum, bias), least, greatest), ref output);
}
