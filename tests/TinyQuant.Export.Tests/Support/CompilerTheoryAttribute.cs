namespace TinyQuant.Export.Tests;

/// <summary>A test with the system's C compiler, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerTheoryAttribute : TheoryAttribute
{
    public CompilerTheoryAttribute() => Skip = Path is null ? "There is no cc; install clang or gcc." : null;

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(directory => System.IO.Path.Combine(directory, "cc")).FirstOrDefault(File.Exists);
}
