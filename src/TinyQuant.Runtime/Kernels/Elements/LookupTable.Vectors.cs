using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Elements;

/// <summary>A table of 256 bytes as 16 shuffles by the low four bits, of which the high four bits select.</summary>
internal static class LookupAvx2
{
    /// <param name="codes">Codes, whose bit 7 is that of their index inverted.</param>
    /// <param name="answers">[256] a table that does not move.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<sbyte> Answers(Vector256<sbyte> codes, sbyte* answers)
    {
        // A blend looks at the highest bit of each byte; doubling brings up the next one.
        Vector256<sbyte> low = codes & Vector256.Create((sbyte)15);
        Vector256<sbyte> bit6 = codes + codes;
        Vector256<sbyte> bit5 = bit6 + bit6;
        Vector256<sbyte> bit4 = bit5 + bit5;
        Vector256<sbyte> negative = Avx2.BlendVariable(
            Quarter(answers, low, bit4, bit5), Quarter(answers + 64, low, bit4, bit5), bit6);
        Vector256<sbyte> positive = Avx2.BlendVariable(
            Quarter(answers + 128, low, bit4, bit5), Quarter(answers + 192, low, bit4, bit5), bit6);
        return Avx2.BlendVariable(positive, negative, codes);
    }

    /// <summary>Of 64 answers the one that the low six bits select.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<sbyte> Quarter(
        sbyte* answers, Vector256<sbyte> low, Vector256<sbyte> bit4, Vector256<sbyte> bit5)
    {
        Vector256<sbyte> first = Avx2.BlendVariable(Sixteenth(answers, low), Sixteenth(answers + 16, low), bit4);
        Vector256<sbyte> second = Avx2.BlendVariable(Sixteenth(answers + 32, low), Sixteenth(answers + 48, low), bit4);
        return Avx2.BlendVariable(first, second, bit5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<sbyte> Sixteenth(sbyte* answers, Vector256<sbyte> low) =>
        Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(answers), low);
}

/// <summary>
/// A table of 256 bytes in 16 registers; an index outside of a quarter leaves what another has answered.
/// </summary>
internal readonly struct LookupAdvSimd
{
    private readonly Quarter _first;
    private readonly Quarter _second;
    private readonly Quarter _third;
    private readonly Quarter _fourth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LookupAdvSimd(ref sbyte table)
    {
        _first = new(ref table);
        _second = new(ref Unsafe.Add(ref table, 64));
        _third = new(ref Unsafe.Add(ref table, 128));
        _fourth = new(ref Unsafe.Add(ref table, 192));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<sbyte> Answers(Vector128<sbyte> codes)
    {
        Vector128<sbyte> index = codes ^ Vector128.Create(sbyte.MinValue);
        Vector128<sbyte> quarter = Vector128.Create((sbyte)64);
        Vector128<sbyte> answers = AdvSimd.Arm64.VectorTableLookup(_first.Tables, index);
        index -= quarter;
        answers = AdvSimd.Arm64.VectorTableLookupExtension(answers, _second.Tables, index);
        index -= quarter;
        answers = AdvSimd.Arm64.VectorTableLookupExtension(answers, _third.Tables, index);
        index -= quarter;
        return AdvSimd.Arm64.VectorTableLookupExtension(answers, _fourth.Tables, index);
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Quarter(ref sbyte first)
    {
        private readonly Vector128<sbyte> _a = Vector128.LoadUnsafe(ref first);
        private readonly Vector128<sbyte> _b = Vector128.LoadUnsafe(ref first, 16);
        private readonly Vector128<sbyte> _c = Vector128.LoadUnsafe(ref first, 32);
        private readonly Vector128<sbyte> _d = Vector128.LoadUnsafe(ref first, 48);

        public (Vector128<sbyte>, Vector128<sbyte>, Vector128<sbyte>, Vector128<sbyte>) Tables
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => (_a, _b, _c, _d);
        }
    }
}
