using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <summary>How a product of an int32 and a Q0.31 multiplier is rounded; a kernel is generic over it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFixedPointRounding
{
    /// <summary><c>value · multiplier · 2^(shift − 31)</c>, rounded.</summary>
    /// <param name="value">Any int32; a left shift of it wraps.</param>
    /// <param name="multiplier">Q0.31, not negative.</param>
    /// <param name="shift">In [-31, 30]; negative shifts right.</param>
    static abstract int Multiply(int value, int multiplier, int shift);

    /// <summary>Whether the vector form gives that for eight values, with AVX2.</summary>
    internal static abstract bool IsExact(Vector256<int> values, Vector256<int> shifts);

    /// <summary>The vector form of <see cref="Multiply(int, int, int)"/>, where it is exact.</summary>
    internal static abstract Vector256<int> Multiply(
        Vector256<int> values, Vector256<int> multipliers, Vector256<int> shifts);

    /// <summary>Whether the vector form gives that for any four values with such shifts, with AdvSimd.</summary>
    internal static abstract bool IsExact(Vector128<int> shifts);

    /// <inheritdoc cref="Multiply(Vector256{int}, Vector256{int}, Vector256{int})"/>
    internal static abstract Vector128<int> Multiply(
        Vector128<int> values, Vector128<int> multipliers, Vector128<int> shifts);
}
