using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <content>As far as whole vectors go; each returns where they end.</content>
public static partial class Cast
{
    /// <summary>Bytes of 0 and 1.</summary>
    private static int Truths(ReadOnlySpan<byte> input, Span<byte> output)
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= input.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128.Min(Vector128.LoadUnsafe(ref source, (nuint)i), Vector128<byte>.One)
                .StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private static int LowBytes(ReadOnlySpan<short> input, Span<sbyte> output)
    {
        ref short source = ref MemoryMarshal.GetReference(input);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= input.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            Vector128.Narrow(
                Vector128.LoadUnsafe(ref source, (nuint)i),
                Vector128.LoadUnsafe(ref source, (nuint)(i + Vector128<short>.Count)))
                .StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private static int WithoutFractions(ReadOnlySpan<float> input, Span<int> output)
    {
        ref float source = ref MemoryMarshal.GetReference(input);
        ref int target = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= input.Length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            WithoutFraction(ref source, i).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private static int WithoutFractions(ReadOnlySpan<float> input, Span<sbyte> output)
    {
        ref float source = ref MemoryMarshal.GetReference(input);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= input.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            Vector128.Narrow(
                Vector128.Narrow(WithoutFraction(ref source, i), WithoutFraction(ref source, i + 4)),
                Vector128.Narrow(WithoutFraction(ref source, i + 8), WithoutFraction(ref source, i + 12)))
                .StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    /// <summary>As <see cref="WithoutFraction32"/>; NaN is not within.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> WithoutFraction(ref float source, int i)
    {
        Vector128<float> x = Vector128.LoadUnsafe(ref source, (nuint)i);
        Vector128<int> isWithin = (Vector128.GreaterThanOrEqual(x, Vector128.Create((float)int.MinValue))
            & Vector128.LessThan(x, Vector128.Create(-(float)int.MinValue))).AsInt32();
        return Vector128.ConditionalSelect(isWithin, Vector128.ConvertToInt32(x), Vector128.Create(int.MinValue));
    }
}
