namespace TinyQuant.Data;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Error">What it wrote to its standard error.</param>
public sealed record ProcessResult(int ExitCode, string Error);
