namespace TinyQuant.Import.Tflite.Decoding;

/// <summary>Each element is an index of a few bits into a table, which each channel has for itself.</summary>
internal static class LookupDecoding
{
    /// <exception cref="UnsupportedException">An index or a bit is not there.</exception>
    public static byte[] Decode(CompressedTensor tensor)
    {
        int width = tensor.Header[5] & 7;
        int stride = tensor.Header[6];
        if (width == 0 || 8L * tensor.Encoded.Length < (long)tensor.Elements * width)
        {
            throw tensor.TooShort();
        }

        var bits = new BitReader(tensor.Encoded.Span);
        byte[] decoded = new byte[tensor.Elements * tensor.ElementBytes];
        for (int i = 0; i < tensor.Elements; i++)
        {
            int from = ((tensor.Channel(i) * stride) + (int)bits.Read(width)) * tensor.ElementBytes;
            if (from > tensor.Table.Length - tensor.ElementBytes)
            {
                throw new UnsupportedException(
                    Invariant($"element {i} is one of its table that is not there; the table has ")
                        + Invariant($"{tensor.Table.Length} bytes"));
            }

            tensor.Table.Slice(from, tensor.ElementBytes).CopyTo(decoded.AsSpan(i * tensor.ElementBytes));
        }

        return decoded;
    }
}
