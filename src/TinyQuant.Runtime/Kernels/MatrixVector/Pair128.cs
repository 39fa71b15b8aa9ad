using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>A 256-bit value of a 128-bit unit.</summary>
internal readonly struct Pair128<T>(Vector128<T> lower, Vector128<T> upper)
{
    public readonly Vector128<T> Lower = lower;
    public readonly Vector128<T> Upper = upper;
}
