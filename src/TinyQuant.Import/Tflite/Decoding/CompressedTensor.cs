using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Decoding;

/// <summary>
/// A tensor as TFLM_DECODE takes it: encoded elements, and ancillary data that says how, with a table behind it.
/// </summary>
/// <param name="Encoded">Bits of all elements.</param>
/// <param name="Ancillary">16 bytes, and then the table.</param>
/// <param name="Output">The tensor that it becomes.</param>
/// <remarks>The layouts are those of <c>decode_state.h</c> and its like in TFLM's kernels.</remarks>
internal sealed record CompressedTensor(
    ReadOnlyMemory<byte> Encoded, ReadOnlyMemory<byte> Ancillary, SourceTensor Output)
{
    public const int HeaderBytes = 16;

    private const byte Version = 1;

    public ReadOnlySpan<byte> Header => Ancillary.Span[..HeaderBytes];

    public ReadOnlySpan<byte> Table => Ancillary.Span[HeaderBytes..];

    public int Elements => Output.ElementCount!.Value;

    public int ElementBytes => Output.Type.ToModel()!.Value.SizeInBytes();

    /// <summary>As many as there are scales, and one where there are none.</summary>
    public int Channels => Math.Max(1, Output.Quantization.Scales.Length);

    /// <summary>The tensor's elements.</summary>
    /// <exception cref="UnsupportedException">They are encoded in another way, or damaged.</exception>
    public byte[] Decode()
    {
        if (Ancillary.Length < HeaderBytes || Header[1] != Version || Header[4] != Version)
        {
            throw new UnsupportedException(
                Invariant($"its ancillary data has {Ancillary.Length} bytes or another version; expected at least ")
                    + Invariant($"{HeaderBytes} and version {Version}"));
        }

        RequireChannels();
        return Header[0] switch
        {
            0 => LookupDecoding.Decode(this),
            1 => HuffmanDecoding.Decode(this),
            2 => PruneDecoding.Decode(this),
            var other => throw new UnsupportedException(
                Invariant($"decoding {other} is not supported; expected lookup (0), Huffman (1) or pruning (2)")),
        };
    }

    /// <summary>The channel of an element.</summary>
    public int Channel(int element) => Channels == 1 ? 0
        : Output.Quantization.Axis == 0 ? element / (Elements / Channels)
        : element % Channels;

    /// <summary>What is thrown where the encoded bits do not reach.</summary>
    public UnsupportedException TooShort() => new(
        Invariant($"its {Encoded.Length} bytes do not hold the {Elements} elements of its output"));

    private void RequireChannels()
    {
        int rank = Output.Shape.Length;
        int axis = Output.Quantization.Axis;
        if (Channels > 1 && ((axis != 0 && axis != rank - 1) || axis >= rank || Output.Shape[axis] != Channels))
        {
            throw new UnsupportedException(
                Invariant($"its output has {Channels} scales along dimension {axis}; expected one for each slice of ")
                    + "the first or the last");
        }
    }
}
