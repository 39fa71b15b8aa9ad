using TinyQuant.Kernels.FloatDot;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant;

/// <summary>The instruction sets the kernels chose on this processor, for a log line or a benchmark's header.</summary>
public static class DotUnits
{
    /// <summary>
    /// The unit of int8 products with weights in [-127, 127], such as <c>AVX-VNNI</c>, <c>AVX2</c>, <c>SSE4.1</c>,
    /// <c>Arm dot product</c>, <c>AdvSimd</c>, <c>Vector128</c> or <c>scalar</c>.
    /// </summary>
    public static string Int8 => DotDispatch.Name;

    /// <summary>
    /// The unit of float32 products, such as <c>AVX-512</c>, <c>AVX2 FMA</c>, <c>Vector128</c> or <c>scalar</c>.
    /// </summary>
    public static string Float32 => FloatDispatch.Name;
}
