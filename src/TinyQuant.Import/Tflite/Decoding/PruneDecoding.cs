using TinyQuant.Import.Source;

namespace TinyQuant.Import.Tflite.Decoding;

/// <summary>A bit for each element: whether it is the next one of the table, or real 0.</summary>
internal static class PruneDecoding
{
    /// <exception cref="UnsupportedException">A bit or an element is not there.</exception>
    public static byte[] Decode(CompressedTensor tensor)
    {
        if (8L * tensor.Encoded.Length < tensor.Elements)
        {
            throw tensor.TooShort();
        }

        var bits = new BitReader(tensor.Encoded.Span);
        int size = tensor.ElementBytes;
        byte[] decoded = new byte[tensor.Elements * size];
        int from = 0;
        for (int i = 0; i < tensor.Elements; i++)
        {
            Span<byte> element = decoded.AsSpan(i * size, size);
            if (bits.Read(1) == 0)
            {
                WriteZero(tensor, i, element);
                continue;
            }

            if (from > tensor.Table.Length - size)
            {
                throw tensor.TooShort();
            }

            tensor.Table.Slice(from, size).CopyTo(element);
            from += size;
        }

        return decoded;
    }

    /// <summary>The zero point of int8; the reference demands that of all other types to be 0.</summary>
    private static void WriteZero(CompressedTensor tensor, int index, Span<byte> element)
    {
        SourceQuantization quantization = tensor.Output.Quantization;
        long zero = quantization.ZeroPoints.Length switch
        {
            0 => 0,
            1 => quantization.ZeroPoints[0],
            var count => tensor.Channel(index) is var channel && channel < count ? quantization.ZeroPoints[channel] : 0,
        };
        if (zero != 0 && tensor.Output.Type != SourceType.Int8)
        {
            throw new UnsupportedException(Invariant($"its output has zero point {zero}; expected 0"));
        }

        element.Clear();
        element[0] = (byte)zero;
    }
}
