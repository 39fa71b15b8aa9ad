namespace TinyQuant.Tests;

/// <summary>Recorded words, where <c>TINYQUANT_AUDIO</c> names a folder of WAV files, a second each.</summary>
internal static class AudioFiles
{
    private const string EnvironmentVariable = "TINYQUANT_AUDIO";

    /// <summary>Why a test that needs the files is skipped; null where they are there.</summary>
    public static string? MissingReason() => All().Length > 0
        ? null
        : $"Set {EnvironmentVariable} to a folder of WAV files, 16 kHz, one second each, to run it.";

    /// <summary>The files, in order.</summary>
    public static string[] All()
    {
        string root = Environment.GetEnvironmentVariable(EnvironmentVariable) ?? "";
        return Directory.Exists(root) ? [.. Directory.EnumerateFiles(root, "*.wav").Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>A file that is there by its name.</summary>
    public static string File(string name) =>
        Path.Combine(Environment.GetEnvironmentVariable(EnvironmentVariable) ?? "", name);
}

/// <summary>A test on recorded words, skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AudioFactAttribute : FactAttribute
{
    public AudioFactAttribute() => Skip = AudioFiles.MissingReason();
}
