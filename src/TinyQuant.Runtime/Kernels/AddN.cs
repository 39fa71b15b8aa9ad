using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>Sums of many int8 tensors of one shape and scale, TensorFlow Lite's ADD_N: a tensor at a time.</summary>
/// <remarks>
/// <c>tensorflow/lite/kernels/internal/reference/add_n.h</c>, which shifts each code to the left by 20, halves it and
/// adds it up in 32 bits: the same as the sum of the codes in the upper bits.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AddN
{
    /// <summary>Sums of more tensors, shifted to the left, may be too large for vectors.</summary>
    private const int MostOfVectors = 7;

    /// <summary>Adds the codes of a tensor to the sums.</summary>
    /// <param name="input">int8 codes.</param>
    /// <param name="starts">Whether the sums begin with these codes; what is in them is of no account then.</param>
    /// <param name="sums">As many.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Sum(ReadOnlySpan<sbyte> input, bool starts, Span<int> sums)
    {
        SpanChecks.Equal(sums.Length, input.Length, nameof(sums), nameof(input));
        if (starts)
        {
            sums.Clear();
        }

        ref sbyte source = ref MemoryMarshal.GetReference(input);
        ref int target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= input.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(
                    Vector128.LoadUnsafe(ref source, (nuint)i));
                Add(Vector128.WidenLower(lower), ref target, i);
                Add(Vector128.WidenUpper(lower), ref target, i + 4);
                Add(Vector128.WidenLower(upper), ref target, i + 8);
                Add(Vector128.WidenUpper(upper), ref target, i + 12);
            }
        }

        for (; i < input.Length; i++)
        {
            sums[i] += input[i];
        }

        static void Add(Vector128<int> codes, ref int target, int i) =>
            (Vector128.LoadUnsafe(ref target, (nuint)i) + codes).StoreUnsafe(ref target, (nuint)i);
    }

    /// <summary>The codes of sums.</summary>
    /// <param name="sums">Of the codes of some tensors.</param>
    /// <param name="tensors">How many.</param>
    /// <param name="scale">What takes them to the output's scale.</param>
    /// <param name="output">As many codes.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRounding>(ReadOnlySpan<int> sums, int tensors, in CodeSum scale, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        SpanChecks.Equal(output.Length, sums.Length, nameof(output), nameof(sums));
        int first = unchecked(scale.First - (tensors * scale.InputZeroPoint));
        int i = 0;
        if (tensors <= MostOfVectors && scale.TakesVectors<TRounding>())
        {
            i = Avx2.IsSupported
                ? RunAvx2<TRounding>(sums, first, scale, output)
                : RunAdvSimd<TRounding>(sums, first, scale, output);
        }

        for (; i < sums.Length; i++)
        {
            output[i] = scale.Code<TRounding>(unchecked(sums[i] + first));
        }
    }

    private static int RunAvx2<TRounding>(
        ReadOnlySpan<int> sums, int first, in CodeSum scale, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        FixedPointVectors<TRounding> vectors = scale.Vectors<TRounding>();
        ref int source = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        for (; i <= sums.Length - 8; i += 8)
        {
            Vector256<int> sum = Vector256.LoadUnsafe(ref source, (nuint)i) + Vector256.Create(first);
            ByteVectors.Store(vectors.Multiply(sum << CodeSum.LeftShift), scale.OutputZeroPoint, sbyte.MinValue,
                sbyte.MaxValue, output, i);
        }

        return i;
    }

    private static int RunAdvSimd<TRounding>(
        ReadOnlySpan<int> sums, int first, in CodeSum scale, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        FixedPointVectors<TRounding> vectors = scale.Vectors<TRounding>();
        ref int source = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        for (; i <= sums.Length - 4; i += 4)
        {
            Vector128<int> sum = Vector128.LoadUnsafe(ref source, (nuint)i) + Vector128.Create(first);
            ByteVectors.Store(vectors.Multiply(sum << CodeSum.LeftShift), scale.OutputZeroPoint, sbyte.MinValue,
                sbyte.MaxValue, output, i);
        }

        return i;
    }
}
