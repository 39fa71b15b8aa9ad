namespace TinyQuant.Tool.Commands;

/// <summary>What a report is to have.</summary>
/// <param name="Html">The page to write.</param>
/// <param name="Budget">How long to measure each model; zero for not at all.</param>
/// <param name="Twin">The float32 model to hold the model against; null for none.</param>
/// <param name="Input">Raw input tensors of the model; null for pictures of the data set.</param>
internal sealed record ReportOptions(string Html, TimeSpan Budget, string? Twin, string? Input)
{
    /// <summary>Refuses options that do not go together.</summary>
    /// <exception cref="ArgumentException">The message says which.</exception>
    public void Require(int models, bool hasData)
    {
        if (Twin is not null && models > 1)
        {
            throw new ArgumentException(Invariant($"--twin goes with one model; there are {models}."));
        }

        if (Twin is not null && Input is null && !hasData)
        {
            throw new ArgumentException(
                "--twin takes inputs to run both models on: --input FILE, --data DIR, --data-set NAME or --from PATH.");
        }

        if (Twin is null && Input is not null)
        {
            throw new ArgumentException("--input goes with --twin MODEL, which it is for.");
        }
    }
}
