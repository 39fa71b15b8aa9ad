using System.Globalization;

namespace TinyQuant.Bench;

/// <summary>The most physical memory that this process has had.</summary>
/// <remarks>
/// Asked from within, because what <c>wait4</c> tells from outside includes what the parent had when it started the
/// child.
/// </remarks>
internal static class PeakMemory
{
    private const string Label = "VmHWM:";

    /// <summary>In KiB; 0 where the system does not tell.</summary>
    public static long Kibibytes()
    {
        const string file = "/proc/self/status";
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(Label, StringComparison.Ordinal))
            : null;
        return line is null
            ? 0
            : long.Parse(line.AsSpan(Label.Length, line.Length - Label.Length - "kB".Length),
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
