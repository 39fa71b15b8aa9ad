using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Multipliers and shifts of eight channels: loaded, or one pair for all.</summary>
internal readonly ref struct ChannelConstants256
{
    private readonly ref int _multipliers;
    private readonly ref int _shifts;
    private readonly Vector256<int> _multiplier;
    private readonly Vector256<int> _shift;
    private readonly bool _isPerTensor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChannelConstants256(in Requantization r, int firstChannel)
    {
        _isPerTensor = r.IsPerTensor;
        nint first = _isPerTensor ? 0 : firstChannel;
        _multipliers = ref Unsafe.Add(ref MemoryMarshal.GetReference(r.Multipliers), first);
        _shifts = ref Unsafe.Add(ref MemoryMarshal.GetReference(r.Shifts), first);
        _multiplier = Vector256.Create(r.Multipliers[0]);
        _shift = Vector256.Create(r.Shifts[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector256<int> Multiplier, Vector256<int> Shift) Load(int i) => _isPerTensor
        ? (_multiplier, _shift)
        : (Vector256.LoadUnsafe(ref _multipliers, (nuint)i), Vector256.LoadUnsafe(ref _shifts, (nuint)i));
}

/// <summary>Multipliers and shifts of four channels: loaded, or one pair for all.</summary>
internal readonly ref struct ChannelConstants128
{
    private readonly ref int _multipliers;
    private readonly ref int _shifts;
    private readonly Vector128<int> _multiplier;
    private readonly Vector128<int> _shift;
    private readonly bool _isPerTensor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChannelConstants128(in Requantization r, int firstChannel)
    {
        _isPerTensor = r.IsPerTensor;
        nint first = _isPerTensor ? 0 : firstChannel;
        _multipliers = ref Unsafe.Add(ref MemoryMarshal.GetReference(r.Multipliers), first);
        _shifts = ref Unsafe.Add(ref MemoryMarshal.GetReference(r.Shifts), first);
        _multiplier = Vector128.Create(r.Multipliers[0]);
        _shift = Vector128.Create(r.Shifts[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector128<int> Multiplier, Vector128<int> Shift) Load(int i) => _isPerTensor
        ? (_multiplier, _shift)
        : (Vector128.LoadUnsafe(ref _multipliers, (nuint)i), Vector128.LoadUnsafe(ref _shifts, (nuint)i));
}

/// <summary>Scaled accumulators to codes: the zero point, the clamp, and the narrowing.</summary>
internal static class RequantVectors
{
    /// <summary>Sixteen codes, with AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> x0, Vector256<int> x1, in Requantization r, ref sbyte target)
    {
        // Packing works within 128-bit halves; the permutation puts channels back in order.
        Vector256<short> words = Avx2.PackSignedSaturate(x0, x1);
        words = Avx2.Permute4x64(words.AsInt64(), 0b11_01_10_00).AsInt16();
        words = Avx2.AddSaturate(words, Vector256.Create((short)r.ZeroPoint));
        Vector128<sbyte> codes = Sse2.PackSignedSaturate(words.GetLower(), words.GetUpper());
        Vector128.Min(Vector128.Max(codes, Vector128.Create((sbyte)r.Min)), Vector128.Create((sbyte)r.Max)).StoreUnsafe(ref target);
    }

    /// <summary>Eight codes, with AdvSimd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x0, Vector128<int> x1, in Requantization r, ref sbyte target)
    {
        Vector128<short> words = AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(x0), x1);
        Vector64<sbyte> codes = AdvSimd.ExtractNarrowingSaturateLower(AdvSimd.AddSaturate(words, Vector128.Create((short)r.ZeroPoint)));
        Vector64.Min(Vector64.Max(codes, Vector64.Create((sbyte)r.Min)), Vector64.Create((sbyte)r.Max)).StoreUnsafe(ref target);
    }
}
