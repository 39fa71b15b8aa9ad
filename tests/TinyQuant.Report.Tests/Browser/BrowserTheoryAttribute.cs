namespace TinyQuant.Report.Tests.Browser;

/// <summary>A test in a browser, skipped where the system has none that needs no window.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    private static readonly string[] s_names = [
        "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    public BrowserTheoryAttribute()
    {
        if (Executable is null)
        {
            Skip = $"There is no browser: install one of {string.Join(", ", s_names)}.";
        }
    }

    /// <summary>The browser; null where there is none.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
        Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(directory => s_names.Select(name => Path.Combine(directory, name))).FirstOrDefault(File.Exists);
}
