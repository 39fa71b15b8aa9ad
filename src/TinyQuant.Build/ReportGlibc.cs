using Microsoft.Build.Framework;
using TinyQuant.Sizing.Binaries;

namespace TinyQuant.Build;

/// <summary>
/// Says which glibc a native program needs where it runs: the newest version that it was linked against. A program that
/// was linked on a newer system than it is for does not start there, and only says so there.
/// </summary>
public sealed class ReportGlibc : Microsoft.Build.Utilities.Task
{
    private const string Prefix = "GLIBC_";

    /// <summary>The native program, or library.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>The glibc of the oldest system that it is for, such as <c>2.31</c>; empty for no check.</summary>
    public string Newest { get; set; } = "";

    /// <summary>The project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        Version? newest = null;
        if (Newest.Length > 0 && !Version.TryParse(Newest, out newest))
        {
            Warn($"TinyQuantMaxGlibc '{Newest}' is no version; expected one such as 2.31");
        }

        try
        {
            Version? needed = Needed(ElfFile.Read(Program).ReadNeededVersions());
            if (needed is not null)
            {
                Report(needed, newest);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.Message(MessageImportance.Normal, $"The glibc that it needs is not known: {e.Message}");
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>The newest of these versions that is one of glibc; null where there is none.</summary>
    internal static Version? Needed(IEnumerable<string> versions) => versions
        .Where(v => v.StartsWith(Prefix, StringComparison.Ordinal))
        // GLIBC_PRIVATE is none
        .Select(v => Version.TryParse(v[Prefix.Length..], out Version? version) ? version : null)
        .Max();

    private void Report(Version needed, Version? newest)
    {
        string name = Path.GetFileName(Program);
        if (newest is not null && needed > newest)
        {
            Warn($"{name} needs glibc {needed} where it runs, and TinyQuantMaxGlibc is {newest}; expected to be "
                + $"published on a system with glibc {newest} or older");
        }

        Log.Message(MessageImportance.High, $"{name} needs glibc {needed} or newer where it runs.");
    }

    private void Warn(string message) => Log.Warning(ErrorCodes.GlibcTooNew, Project, message);
}
