using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Resizing;

/// <summary>float32, each product and sum rounded: <c>ResizeBilinear</c>.</summary>
internal readonly struct Float32PixelMixer(float down, float across)
    : IPixelMixer<Float32PixelMixer, float, float>
{
    private readonly float _down = down;
    private readonly float _up = 1 - down;
    private readonly float _across = across;
    private readonly float _back = 1 - across;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32PixelMixer Of(float down, float across) => new(down, across);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Mix(float upperLeft, float lowerLeft, float upperRight, float lowerRight) =>
        (upperLeft * _up * _back) + (lowerLeft * _down * _back)
            + (upperRight * _up * _across) + (lowerRight * _down * _across);
}
