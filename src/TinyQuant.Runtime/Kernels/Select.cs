using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>
/// One of two elements by a condition, TensorFlow Lite's SELECT_V2: a call for those where it is true, and one for the
/// others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Select
{
    /// <summary>
    /// Copies values where the condition is as wanted, and leaves alone what the output has in other places.
    /// </summary>
    /// <param name="condition">Truth values.</param>
    /// <param name="values">Elements of any type, of which codes are copied as they are.</param>
    /// <param name="geometry">How both are stretched to the output's shape.</param>
    /// <param name="wanted">Where to copy.</param>
    /// <param name="output">As <paramref name="values"/>, which it may be where they have its shape.</param>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Where<T>(
        ReadOnlySpan<bool> condition, ReadOnlySpan<T> values, in BroadcastGeometry geometry, bool wanted,
        Span<T> output)
        where T : unmanaged =>
        Broadcast.Run<bool, T, T, Wanted, Kernel<T>>(condition, values, geometry, new(wanted), output);

    private readonly struct Wanted(bool value)
    {
        public bool Value { get; } = value;
    }

    private readonly struct Kernel<T> : IBinaryKernel<bool, T, T, Wanted>
        where T : unmanaged
    {
        public static void Run(
            ReadOnlySpan<bool> condition, ReadOnlySpan<T> values, in Wanted wanted, Span<T> output)
        {
            if (condition.Length == 1 && output.Length > 1)
            {
                if (condition[0] == wanted.Value)
                {
                    Copy(values, output);
                }

                return;
            }

            bool isWanted = wanted.Value;
            int step = values.Length == 1 ? 0 : 1;
            for (int i = Vectors(condition, values, isWanted, output); i < output.Length; i++)
            {
                // No branch: conditions are guessed wrong half of the time.
                T value = values[i * step];
                output[i] = condition[i] == isWanted ? value : output[i];
            }
        }

        /// <summary>As far as whole vectors of conditions go; returns where they end.</summary>
        private static int Vectors(
            ReadOnlySpan<bool> condition, ReadOnlySpan<T> values, bool wanted, Span<T> output)
        {
            int i = 0;
            if (!Vector128.IsHardwareAccelerated || Unsafe.SizeOf<T>() > sizeof(int))
            {
                return i;
            }

            ref byte conditions = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(condition));
            ref byte source = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
            ref byte target = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(output));
            bool isOne = values.Length == 1;
            Vector128<byte> one = isOne ? All(values[0]) : default;
            Vector128<byte> equal = Vector128.Create(wanted ? (byte)1 : (byte)0);
            for (; i <= output.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                Vector128<sbyte> mask = Vector128.Equals(
                    Vector128.LoadUnsafe(ref conditions, (nuint)i), equal).AsSByte();
                nuint at = (nuint)i * (nuint)Unsafe.SizeOf<T>();
                if (Unsafe.SizeOf<T>() == sizeof(sbyte))
                {
                    Put(mask.AsByte(), ref source, isOne, one, ref target, at);
                    continue;
                }

                (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(mask);
                if (Unsafe.SizeOf<T>() == sizeof(short))
                {
                    Put(lower.AsByte(), ref source, isOne, one, ref target, at);
                    Put(upper.AsByte(), ref source, isOne, one, ref target, at + 16);
                    continue;
                }

                Put(Vector128.WidenLower(lower).AsByte(), ref source, isOne, one, ref target, at);
                Put(Vector128.WidenUpper(lower).AsByte(), ref source, isOne, one, ref target, at + 16);
                Put(Vector128.WidenLower(upper).AsByte(), ref source, isOne, one, ref target, at + 32);
                Put(Vector128.WidenUpper(upper).AsByte(), ref source, isOne, one, ref target, at + 48);
            }

            return i;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put(
            Vector128<byte> mask, ref byte source, bool isOne, Vector128<byte> one, ref byte target, nuint at)
        {
            Vector128<byte> value = isOne ? one : Vector128.LoadUnsafe(ref source, at);
            Vector128.ConditionalSelect(mask, value, Vector128.LoadUnsafe(ref target, at)).StoreUnsafe(ref target, at);
        }

        private static Vector128<byte> All(T value) => Unsafe.SizeOf<T>() switch
        {
            sizeof(byte) => Vector128.Create(Unsafe.BitCast<T, byte>(value)),
            sizeof(short) => Vector128.Create(Unsafe.BitCast<T, short>(value)).AsByte(),
            _ => Vector128.Create(Unsafe.BitCast<T, int>(value)).AsByte(),
        };

        private static void Copy(ReadOnlySpan<T> values, Span<T> output)
        {
            if (values.Length == 1)
            {
                output.Fill(values[0]);
            }
            else
            {
                values.CopyTo(output);
            }
        }
    }
}
