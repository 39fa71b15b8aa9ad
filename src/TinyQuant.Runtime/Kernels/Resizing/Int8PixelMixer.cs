using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Resizing;

/// <summary>int8 codes, in 1/1024 of the way from one pixel to the next: <c>ResizeBilinearInteger</c>.</summary>
/// <typeparam name="TRounding">The rounding of the last step.</typeparam>
internal readonly struct Int8PixelMixer<TRounding>(int upperLeft, int lowerLeft, int upperRight, int lowerRight)
    : IPixelMixer<Int8PixelMixer<TRounding>, sbyte, int>
    where TRounding : struct, IFixedPointRounding
{
    private const int Steps = 1 << 10;
    private const int Half = 1 << 19;

    private readonly int _upperLeft = upperLeft;
    private readonly int _lowerLeft = lowerLeft;
    private readonly int _upperRight = upperRight;
    private readonly int _lowerRight = lowerRight;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int8PixelMixer<TRounding> Of(int down, int across) => new(
        (Steps - down) * (Steps - across), down * (Steps - across), (Steps - down) * across, down * across);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public sbyte Mix(sbyte upperLeft, sbyte lowerLeft, sbyte upperRight, sbyte lowerRight)
    {
        // A product is at most 128 * 1536 * 1536, and the factors add up to 2^20.
        int sum = (upperLeft * _upperLeft) + (lowerLeft * _lowerLeft)
            + (upperRight * _upperRight) + (lowerRight * _lowerRight);
        return (sbyte)(typeof(TRounding) == typeof(SingleRounding)
            ? (sum + Half) >> 20
            : (sum > 0 ? sum + Half : sum - Half) / (2 * Half));
    }
}
