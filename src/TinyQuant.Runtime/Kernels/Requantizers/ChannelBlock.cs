using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Eight channels of a layer: their constants, and how large their sums can be.</summary>
/// <remarks>
/// References and not spans, which are copied and checked: a small layer takes no longer to compute than this takes
/// with spans.
/// </remarks>
internal ref struct ChannelBlock
{
    private readonly ref int _bias;
    private readonly ref int _multipliers;
    private readonly ref int _shifts;
    private readonly ref float _scales;
    private readonly bool _isPerTensor;
    private int _first;

    /// <param name="r">Multipliers and shifts, or scales, of all channels.</param>
    /// <param name="first">The first of eight.</param>
    /// <param name="products">What the magnitude of no sum of products exceeds.</param>
    /// <param name="bias">What is added to the products, of all channels.</param>
    public ChannelBlock(in Requantization r, int first, long products, ReadOnlySpan<int> bias)
    {
        _bias = ref MemoryMarshal.GetReference(bias);
        _multipliers = ref MemoryMarshal.GetReference(r.Multipliers);
        _shifts = ref MemoryMarshal.GetReference(r.Shifts);
        _scales = ref MemoryMarshal.GetReference(r.Scales);
        _isPerTensor = r.IsPerTensor;
        _first = first;
        Products = products;
        IsRectified = r.Min >= r.ZeroPoint;
    }

    public long Products { get; }

    /// <summary>Whether no code is below the zero point.</summary>
    public bool IsRectified { get; }

    public readonly Vector256<int> Multipliers => Load(ref _multipliers);

    public readonly Vector256<int> Shifts => Load(ref _shifts);

    public readonly Vector256<float> Scales
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _isPerTensor ? Vector256.Create(_scales) : Vector256.LoadUnsafe(ref _scales, (nuint)_first);
    }

    /// <summary>What the magnitude of no bias exceeds.</summary>
    public readonly Vector256<int> BiasMagnitudes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Vector256<int> bias = Vector256.LoadUnsafe(ref _bias, (nuint)_first);
            Vector256<int> sign = bias >> 31;

            // One more than the magnitude of negative values less one, except of the least, which has no positive.
            Vector256<int> magnitude = bias ^ sign;
            return magnitude + Vector256.Min(-sign, Vector256.Create(int.MaxValue) - magnitude);
        }
    }

    /// <summary>The next eight.</summary>
    public void MoveOn() => _first += 8;

    /// <summary>The multiplier and the shift of one of them.</summary>
    public readonly (int Multiplier, int Shift) Channel(int channel)
    {
        int index = _isPerTensor ? 0 : _first + channel;
        return (Unsafe.Add(ref _multipliers, index), Unsafe.Add(ref _shifts, index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector256<int> Load(ref int values) =>
        _isPerTensor ? Vector256.Create(values) : Vector256.LoadUnsafe(ref values, (nuint)_first);
}
