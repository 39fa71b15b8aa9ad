using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Resizing;

/// <summary>
/// int8 codes that stand for uint8, all less 128: mixed as float32, the sum plus a half cut off.
/// </summary>
internal readonly struct BytePixelMixer(float down, float across) : IPixelMixer<BytePixelMixer, sbyte, float>
{
    private const int Offset = 128;

    private readonly Float32PixelMixer _mixer = new(down, across);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BytePixelMixer Of(float down, float across) => new(down, across);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public sbyte Mix(sbyte upperLeft, sbyte lowerLeft, sbyte upperRight, sbyte lowerRight)
    {
        float sum = _mixer.Mix(
            upperLeft + Offset, lowerLeft + Offset, upperRight + Offset, lowerRight + Offset);
        return (sbyte)((int)Math.Clamp(sum + 0.5f, 0f, 255f) - Offset);
    }
}
