using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Elements;

/// <summary>
/// The greater of a value and the best so far, <c>std::max(best, value)</c>: the best where the value is not greater,
/// and so where it is NaN. The best is a number.
/// </summary>
internal static class Greater
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T value, T best)
        where T : IComparisonOperators<T, T, bool> => value > best ? value : best;

    // The x64 instruction returns its second operand where the first is not greater, or one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Of<T>(Vector128<T> value, Vector128<T> best) =>
        typeof(T) == typeof(float) && Sse.IsSupported ? Sse.Max(value.AsSingle(), best.AsSingle()).As<float, T>()
        : typeof(T) == typeof(float) ? Vector128.ConditionalSelect(Vector128.GreaterThan(value, best), value, best)
        : Vector128.MaxNative(best, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Of<T>(Vector256<T> value, Vector256<T> best) =>
        typeof(T) == typeof(float) && Avx.IsSupported ? Avx.Max(value.AsSingle(), best.AsSingle()).As<float, T>()
        : typeof(T) == typeof(float) ? Vector256.ConditionalSelect(Vector256.GreaterThan(value, best), value, best)
        : Vector256.MaxNative(best, value);
}
