namespace TinyQuant.Tests;

/// <summary>
/// A test on the golden models, skipped where <c>TINYQUANT_GOLDEN</c> names no folder with <c>models/</c> and
/// <c>operators/</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenFactAttribute : FactAttribute
{
    private const string EnvironmentVariable = "TINYQUANT_GOLDEN";

    public GoldenFactAttribute()
    {
        if (!Directory.Exists(Root))
        {
            Skip = $"Set {EnvironmentVariable} to a folder with models/ and operators/ to run it.";
        }
    }

    /// <summary>The folder; empty where the variable is not set.</summary>
    public static string Root => Environment.GetEnvironmentVariable(EnvironmentVariable) ?? "";

    /// <summary>Every <c>model.tflite</c> below it, in order.</summary>
    public static string[] ModelFiles() =>
    [
        .. new[] { "models", "operators" }.Select(d => Path.Combine(Root, d)).Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d, "model.tflite", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal),
    ];
}
