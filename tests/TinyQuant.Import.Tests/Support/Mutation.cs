namespace TinyQuant.Import.Tests.Support;

/// <summary>Damages a file: bits flipped, words replaced, cut, pieces moved over others.</summary>
internal static class Mutation
{
    private const int NearAnEnd = 2_048;

    private static readonly int[] s_extremes = [0, 1, -1, int.MaxValue, int.MinValue, 0x7fff, 0xffff, 1 << 20];

    public static byte[] Of(byte[] original, Random random)
    {
        byte[] file = [.. original];
        switch (random.Next(5))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                return [.. file[..At(file, random)], .. file[At(file, random)..]];
            case 2:
                int length = random.Next(1, Math.Min(64, file.Length));
                Array.Copy(file, random.Next(file.Length - length), file,
                    Math.Min(At(file, random), file.Length - length), length);
                return file;
            case 3:
                BitConverter.TryWriteBytes(file.AsSpan(Math.Min(At(file, random) & ~3, file.Length - sizeof(int))),
                    s_extremes[random.Next(s_extremes.Length)]);
                return file;
            default:
                for (int flips = random.Next(1, 9); flips > 0; flips--)
                {
                    file[At(file, random)] ^= (byte)(1 << random.Next(8));
                }

                return file;
        }
    }

    /// <summary>A position; more often near an end, where the tables are and not the weights.</summary>
    private static int At(byte[] file, Random random)
    {
        int near = Math.Min(NearAnEnd, file.Length);
        return random.Next(3) switch
        {
            0 => random.Next(near),
            1 => file.Length - 1 - random.Next(near),
            _ => random.Next(file.Length),
        };
    }
}
