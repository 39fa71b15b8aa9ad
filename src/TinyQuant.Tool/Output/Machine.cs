using System.Runtime.InteropServices;

namespace TinyQuant.Tool.Output;

/// <summary>What a time was measured on.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string ProcessorLine = "model name";

    /// <summary>The processor where the system names it, else its architecture, and the runtime.</summary>
    public static string Describe() =>
        $"{Processor() ?? RuntimeInformation.ProcessArchitecture.ToString()}, "
            + $"{RuntimeInformation.FrameworkDescription}";

    private static string? Processor()
    {
        try
        {
            return File.Exists(ProcessorFile)
                ? File.ReadLines(ProcessorFile)
                    .FirstOrDefault(line => line.StartsWith(ProcessorLine, StringComparison.Ordinal))?.Split(':', 2)[
                        ^1].Trim()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // the architecture is said instead
        }
    }
}
