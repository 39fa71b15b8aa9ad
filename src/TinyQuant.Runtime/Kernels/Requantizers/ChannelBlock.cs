using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Eight channels of a layer: their constants, and how large their sums can be.</summary>
internal readonly ref struct ChannelBlock
{
    private readonly ref int _bias;

    /// <param name="r">Multipliers and shifts, or scales, of all channels.</param>
    /// <param name="first">The first of eight.</param>
    /// <param name="products">What the magnitude of no sum of products exceeds.</param>
    /// <param name="bias">What is added to the products, of all channels.</param>
    public ChannelBlock(in Requantization r, int first, long products, ReadOnlySpan<int> bias)
    {
        Requantization = r;
        First = first;
        Products = products;
        _bias = ref MemoryMarshal.GetReference(bias.Slice(first, 8));
    }

    public Requantization Requantization { get; }

    public int First { get; }

    public long Products { get; }

    public Vector256<int> Multipliers => Load(Requantization.Multipliers);

    public Vector256<int> Shifts => Load(Requantization.Shifts);

    public Vector256<float> Scales => Requantization.Scales.Length == 1
        ? Vector256.Create(Requantization.Scales[0])
        : Vector256.Create(Requantization.Scales.Slice(First, 8));

    /// <summary>What the magnitude of no bias exceeds.</summary>
    public Vector256<int> BiasMagnitudes
    {
        get
        {
            Vector256<int> bias = Vector256.LoadUnsafe(ref _bias);
            Vector256<int> sign = bias >> 31;

            // One more than the magnitude of negative values less one, except of the least, which has no positive.
            Vector256<int> magnitude = bias ^ sign;
            return magnitude + Vector256.Min(-sign, Vector256.Create(int.MaxValue) - magnitude);
        }
    }

    /// <summary>The place of a channel's constants.</summary>
    public int Index(int channel) => Requantization.IsPerTensor ? 0 : First + channel;

    private Vector256<int> Load(ReadOnlySpan<int> values) =>
        values.Length == 1 ? Vector256.Create(values[0]) : Vector256.Create(values.Slice(First, 8));
}
