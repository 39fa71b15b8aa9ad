using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>A layer with its data, ready to be run again and again.</summary>
internal static class LayerWork
{
    public static Func<int> Create(LayerShape shape, Arithmetic arithmetic) => arithmetic switch
    {
        Arithmetic.Int8FloatEven => new Int8Layer<RequantFloatEven>(shape, arithmetic).Run,
        Arithmetic.Int8Double => new Int8Layer<RequantDouble>(shape, arithmetic).Run,
        _ => new Float32Layer(shape).Run,
    };
}
