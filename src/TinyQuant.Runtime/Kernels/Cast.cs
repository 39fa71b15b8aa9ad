using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Elements of one type as those of another, TensorFlow Lite's CAST; codes have no scale here.</summary>
/// <remarks>
/// <c>tensorflow/lite/micro/kernels/cast.cc</c>. What C leaves undefined, a float32 that the integer cannot hold, is
/// what x64 makes of it: an int32 with the highest bit alone, of which narrower types keep the low bits; of uint32 the
/// low bits of an int64.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Cast
{
    /// <summary>
    /// Integers keep their low bits, truth values become 0 and 1, and reals lose what is behind the point.
    /// </summary>
    /// <param name="input">Elements of any type.</param>
    /// <param name="output">As many; may be <paramref name="input"/> where the types are one.</param>
    /// <typeparam name="TFrom">sbyte, short, int, uint, float or bool.</typeparam>
    /// <typeparam name="TTo">sbyte, short, int, uint or float.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run<TFrom, TTo>(ReadOnlySpan<TFrom> input, Span<TTo> output)
        where TFrom : unmanaged
        where TTo : unmanaged, INumber<TTo>
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            if (typeof(TFrom) == typeof(bool) && typeof(TTo) == typeof(sbyte))
            {
                i = Truths(MemoryMarshal.AsBytes(input), MemoryMarshal.AsBytes(output));
            }
            else if (typeof(TFrom) == typeof(short) && typeof(TTo) == typeof(sbyte))
            {
                i = LowBytes(MemoryMarshal.Cast<TFrom, short>(input), MemoryMarshal.Cast<TTo, sbyte>(output));
            }
            else if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(int))
            {
                i = WithoutFractions(MemoryMarshal.Cast<TFrom, float>(input), MemoryMarshal.Cast<TTo, int>(output));
            }
            else if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(sbyte))
            {
                i = WithoutFractions(MemoryMarshal.Cast<TFrom, float>(input), MemoryMarshal.Cast<TTo, sbyte>(output));
            }
        }

        for (; i < input.Length; i++)
        {
            output[i] = Of<TFrom, TTo>(input[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo Of<TFrom, TTo>(TFrom x)
        where TFrom : unmanaged
        where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            return Unsafe.BitCast<TFrom, TTo>(x);
        }

        if (typeof(TFrom) == typeof(float))
        {
            return typeof(TTo) == typeof(uint)
                ? TTo.CreateTruncating(WithoutFraction64(Unsafe.BitCast<TFrom, float>(x)))
                : TTo.CreateTruncating(WithoutFraction32(Unsafe.BitCast<TFrom, float>(x)));
        }

        if (typeof(TFrom) == typeof(bool))
        {
            int truth = Unsafe.BitCast<TFrom, byte>(x) == 0 ? 0 : 1; // without a branch, which would be guessed wrong
            return TTo.CreateTruncating(truth);
        }

        return typeof(TFrom) == typeof(sbyte) ? TTo.CreateTruncating(Unsafe.BitCast<TFrom, sbyte>(x))
            : typeof(TFrom) == typeof(short) ? TTo.CreateTruncating(Unsafe.BitCast<TFrom, short>(x))
            : typeof(TFrom) == typeof(uint) ? TTo.CreateTruncating(Unsafe.BitCast<TFrom, uint>(x))
            : TTo.CreateTruncating(Unsafe.BitCast<TFrom, int>(x));
    }

    /// <summary>As <c>cvttss2si</c> does it on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WithoutFraction32(float x) =>
        x is >= int.MinValue and < -(float)int.MinValue ? (int)x : int.MinValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long WithoutFraction64(float x) =>
        x is >= long.MinValue and < -(float)long.MinValue ? (long)x : long.MinValue;
}
