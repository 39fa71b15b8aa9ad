using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// Scales, rounds, narrows and stores the sums of a tile: 32 codes a step with AVX2, 16 with 128 bits.
/// </summary>
internal static unsafe class ScaleAndStore<TScaling>
    where TScaling : struct, IVectorScaling
{
    public static void Run(SumTile* tile)
    {
        if (Avx2.IsSupported && tile->Channels == 16)
        {
            Run16(tile);
        }
        else if (Avx2.IsSupported)
        {
            Run8(tile);
        }
        else
        {
            Run128(tile);
        }
    }

    private static void Run16(SumTile* tile)
    {
        int* constants = tile->Constants;
        var limits = new CodeLimits256(tile);
        int* sums = tile->Sums;
        nint sumStride = tile->SumStride;
        sbyte* output = tile->Output;
        nint stride = tile->Stride;
        for (int left = tile->Positions; left > 0; left -= 2, sums += 2 * sumStride, output += 2 * stride)
        {
            // The last of an odd number is written twice.
            nint next = left == 1 ? 0 : 1;
            int* second = sums + (next * sumStride);
            Vector256<sbyte> codes = limits.Narrow(
                TScaling.Scale(Vector256.Load(sums), constants),
                TScaling.Scale(Vector256.Load(sums + 8), constants + ChannelConstants.Block),
                TScaling.Scale(Vector256.Load(second), constants),
                TScaling.Scale(Vector256.Load(second + 8), constants + ChannelConstants.Block));
            codes.GetLower().Store(output);
            codes.GetUpper().Store(output + (next * stride));
        }
    }

    private static void Run8(SumTile* tile)
    {
        int* constants = tile->Constants;
        var limits = new CodeLimits256(tile);
        int last = tile->Positions - 1;
        int stride = tile->SumStride;
        for (int position = 0; position <= last; position += 4)
        {
            int p1 = Math.Min(position + 1, last), p2 = Math.Min(position + 2, last), p3 = Math.Min(position + 3, last);
            Vector256<long> codes = limits.Narrow(
                TScaling.Scale(Vector256.Load(tile->Sums + (position * stride)), constants),
                TScaling.Scale(Vector256.Load(tile->Sums + (p1 * stride)), constants),
                TScaling.Scale(Vector256.Load(tile->Sums + (p2 * stride)), constants),
                TScaling.Scale(Vector256.Load(tile->Sums + (p3 * stride)), constants)).AsInt64();
            *(long*)(tile->Output + (position * tile->Stride)) = codes[0];
            *(long*)(tile->Output + (p1 * tile->Stride)) = codes[1];
            *(long*)(tile->Output + (p2 * tile->Stride)) = codes[2];
            *(long*)(tile->Output + (p3 * tile->Stride)) = codes[3];
        }
    }

    private static void Run128(SumTile* tile)
    {
        Vector128<short> zeroPoint = Vector128.Create((short)tile->ZeroPoint);
        Vector128<sbyte> min = Vector128.Create((sbyte)tile->Min), max = Vector128.Create((sbyte)tile->Max);
        for (int position = 0; position < tile->Positions; position++)
        {
            for (int channel = 0; channel < tile->Channels; channel += 8)
            {
                int* sums = tile->Sums + (position * tile->SumStride) + channel;
                int* constants = tile->Constants + (channel / 8 * ChannelConstants.Block);
                Vector128<sbyte> codes = Narrow(
                    TScaling.Scale(Vector128.Load(sums), constants),
                    TScaling.Scale(Vector128.Load(sums + 4), constants + ChannelConstants.HalfBlock),
                    zeroPoint);
                codes = Vector128.Min(Vector128.Max(codes, min), max);
                *(long*)(tile->Output + (position * tile->Stride) + channel) = codes.AsInt64().ToScalar();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Narrow(Vector128<int> x0, Vector128<int> x1, Vector128<short> zeroPoint)
    {
        if (AdvSimd.IsSupported)
        {
            Vector128<short> words = AdvSimd.ExtractNarrowingSaturateUpper(
                AdvSimd.ExtractNarrowingSaturateLower(x0), x1);
            return AdvSimd.ExtractNarrowingSaturateLower(AdvSimd.AddSaturate(words, zeroPoint)).ToVector128Unsafe();
        }

        Vector128<short> packed = Sse2.AddSaturate(Sse2.PackSignedSaturate(x0, x1), zeroPoint);
        return Sse2.PackSignedSaturate(packed, packed);
    }
}
