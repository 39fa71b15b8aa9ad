using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>
/// Any function of one int8 code: 256 answers, computed in the compiler with the reference's arithmetic.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LookupTable
{
    private const int Codes = 256;

    /// <summary>Writes <c>table[x + 128]</c>.</summary>
    /// <param name="input">int8 codes.</param>
    /// <param name="table">[256] int8 codes, for inputs from -128 on.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static unsafe void Int8(ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> table, Span<sbyte> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SpanChecks.Equal(table.Length, Codes, nameof(table), "codes");
        ref sbyte source = ref MemoryMarshal.GetReference(input);
        ref sbyte answers = ref MemoryMarshal.GetReference(table);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        nint i = 0;
        if (Avx2.IsSupported)
        {
            fixed (sbyte* pinned = &answers)
            {
                for (; i <= input.Length - Vector256<sbyte>.Count; i += Vector256<sbyte>.Count)
                {
                    LookupAvx2.Answers(Vector256.LoadUnsafe(ref source, (nuint)i), pinned)
                        .StoreUnsafe(ref target, (nuint)i);
                }
            }
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            LookupAdvSimd lookup = new(ref answers);
            for (; i <= input.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                lookup.Answers(Vector128.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < input.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref answers, Unsafe.Add(ref source, i) + 128);
        }
    }

    /// <summary>The same of a function whose answers are truth values.</summary>
    /// <param name="input">int8 codes.</param>
    /// <param name="table">[256] truth values, for inputs from -128 on.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8ToBool(ReadOnlySpan<sbyte> input, ReadOnlySpan<bool> table, Span<bool> output) =>
        Int8(input, MemoryMarshal.Cast<bool, sbyte>(table), MemoryMarshal.Cast<bool, sbyte>(output));
}
