using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>The index of the greatest value; of several equal ones, the first.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ArgMax
{
    /// <summary>The first index of the greatest accumulator.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static int Run(ReadOnlySpan<int> values) => First(values, int.MinValue);

    /// <summary>The first index of the greatest code.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static int Run(ReadOnlySpan<sbyte> values) => First(values, sbyte.MinValue);

    /// <summary>The first index of the greatest code.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static int Run(ReadOnlySpan<byte> values) => First(values, byte.MinValue);

    /// <summary>
    /// The first index of the greatest number. NaN is never the greatest; if all are NaN the answer is 0.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static int Run(ReadOnlySpan<float> values) => First(values, float.NegativeInfinity);

    // Two passes, neither with a branch on the data: the maximum, then where it first stands. A loop that remembers
    // the best index mispredicts as often as the maximum changes.
    private static int First<T>(ReadOnlySpan<T> values, T least)
        where T : unmanaged, INumber<T>
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("There is no maximum of 0 values.", nameof(values));
        }

        if (!Vector128.IsHardwareAccelerated || values.Length < Vector128<T>.Count)
        {
            return FirstScalar(values, least);
        }

        ref T source = ref MemoryMarshal.GetReference(values);
        int last = values.Length - Vector128<T>.Count;
        Vector128<T> greatest = Vector128.Create(least);
        for (int i = 0; i < last; i += Vector128<T>.Count)
        {
            greatest = Greater.Of(Vector128.LoadUnsafe(ref source, (nuint)i), greatest);
        }

        // The last vector overlaps the one before it, which changes no maximum.
        greatest = Greater.Of(Vector128.LoadUnsafe(ref source, (nuint)last), greatest);
        Vector128<T> wanted = Spread(greatest);
        for (int i = 0; ; i = Math.Min(i + Vector128<T>.Count, last))
        {
            uint equal = Vector128.Equals(Vector128.LoadUnsafe(ref source, (nuint)i), wanted)
                .ExtractMostSignificantBits();
            if (equal != 0)
            {
                return i + BitOperations.TrailingZeroCount(equal);
            }

            if (i == last)
            {
                return 0;
            }
        }
    }

    /// <summary>The greatest lane in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Spread<T>(Vector128<T> numbers)
    {
        numbers = Greater.Of(numbers, Vector128.Shuffle(numbers.AsInt32(), Vector128.Create(2, 3, 0, 1)).As<int, T>());
        numbers = Greater.Of(numbers, Vector128.Shuffle(numbers.AsInt32(), Vector128.Create(1, 0, 3, 2)).As<int, T>());
        if (Vector128<T>.Count > 4)
        {
            numbers = Greater.Of(numbers, ((numbers.AsUInt32() << 16) | (numbers.AsUInt32() >> 16)).As<uint, T>());
            numbers = Greater.Of(numbers, ((numbers.AsUInt16() << 8) | (numbers.AsUInt16() >> 8)).As<ushort, T>());
        }

        return numbers;
    }

    internal static int FirstScalar<T>(ReadOnlySpan<T> values, T least)
        where T : unmanaged, INumber<T>
    {
        int index = -1;
        T best = least;
        for (int i = 0; i < values.Length; i++)
        {
            // The least value itself must win over nothing yet, and NaN over nothing at all.
            if (values[i] > best || (index < 0 && values[i] == least))
            {
                best = values[i];
                index = i;
            }
        }

        return Math.Max(index, 0);
    }
}
