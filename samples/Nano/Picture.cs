/// <summary>A picture from a file: PGM, or plain pixels.</summary>
internal static class Picture
{
    private const int MaxBytes = 1 << 16; // a PGM in digits, with a long comment

    public static ReadOnlySpan<byte> Read(string path)
    {
        byte[] bytes = Files.Read(path, MaxBytes);
        if (bytes.Length == Digits.Pixels)
        {
            return bytes;
        }

        if (bytes is not [(byte)'P', (byte)'5' or (byte)'2', ..])
        {
            throw new InvalidInputException(
                $"'{path}' is neither a PGM picture nor {Digits.Pixels} bytes: it has {bytes.Length} bytes.");
        }

        int at = 2;
        int width = Number(bytes, ref at, path);
        int height = Number(bytes, ref at, path);
        int max = Number(bytes, ref at, path);
        if (width != Digits.Side || height != Digits.Side || max is < 1 or > 255)
        {
            throw new InvalidInputException(
                $"'{path}' is {width} x {height} with values to {max}; expected {Digits.Side} x {Digits.Side} "
                    + "with values to at most 255.");
        }

        byte[] pixels = new byte[Digits.Pixels];
        bool binary = bytes[1] == '5';
        at++; // one white space ends the header
        for (int i = 0; i < pixels.Length; i++)
        {
            if (binary && at >= bytes.Length)
            {
                throw new InvalidInputException($"'{path}' ends after {i} pixels; expected {Digits.Pixels}.");
            }

            int value = binary ? bytes[at++] : Number(bytes, ref at, path);
            pixels[i] = value <= max
                ? (byte)(value * 255 / max)
                : throw new InvalidInputException($"'{path}' has a pixel of {value}, above its maximum of {max}.");
        }

        return pixels;
    }

    /// <summary>The next number of a PGM header; a # begins a comment.</summary>
    private static int Number(byte[] bytes, ref int at, string path)
    {
        while (at < bytes.Length && (char.IsWhiteSpace((char)bytes[at]) || bytes[at] == '#'))
        {
            bool comment = bytes[at] == '#';
            while (comment && at < bytes.Length && bytes[at] != '\n')
            {
                at++;
            }

            at++;
        }

        int value = -1;
        for (; at < bytes.Length && char.IsAsciiDigit((char)bytes[at]) && value < 100_000; at++)
        {
            value = (Math.Max(0, value) * 10) + bytes[at] - '0';
        }

        return value >= 0
            ? value
            : throw new InvalidInputException($"'{path}' is not a whole PGM picture; expected a number at byte {at}.");
    }
}
