using System.Globalization;
using System.Text.Unicode;

namespace Keywords;

/// <summary>What is written: a line for each answer, formatted on the stack.</summary>
internal static class Report
{
    private const int MostBytes = 128;

    /// <summary>The class of a file.</summary>
    public static bool WriteClass(Hit hit)
    {
        Span<byte> line = stackalloc byte[MostBytes];
        Utf8.TryWrite(line, CultureInfo.InvariantCulture, $"{KeywordModel.GetLabel(hit.Class)}  {hit.Score:F3}\n",
            out int length);
        return Descriptors.Write(line[..length]);
    }

    /// <summary>A word of a stream, with the end of the window in which it was heard.</summary>
    public static bool WriteWord(Hit hit)
    {
        Span<byte> line = stackalloc byte[MostBytes];
        Utf8.TryWrite(line, CultureInfo.InvariantCulture,
            $"{Seconds(hit.Samples),8:F2} s  {KeywordModel.GetLabel(hit.Class)}  {hit.Score:F3}\n", out int length);
        return Descriptors.Write(line[..length]);
    }

    /// <summary>That a long file has no word.</summary>
    public static bool WriteNone(long samples)
    {
        Span<byte> line = stackalloc byte[MostBytes];
        Utf8.TryWrite(line, CultureInfo.InvariantCulture, $"no word in {Seconds(samples):F2} s\n", out int length);
        return Descriptors.Write(line[..length]);
    }

    private static double Seconds(long samples) => (double)samples / Spotter.SampleRate;
}
