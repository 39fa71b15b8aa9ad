using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Tool.Output;

/// <summary>What quantizing a model gave.</summary>
/// <param name="Real">The float32 model.</param>
/// <param name="RealAccuracy">Its accuracy.</param>
/// <param name="Graph">The quantized model, with its accuracy in it.</param>
/// <param name="Options">How it was quantized.</param>
/// <param name="Methods">The accuracy after training with each method.</param>
/// <param name="AwareEpochs">Epochs of quantization-aware training; null for none.</param>
/// <param name="Search">What a search of formats found; null where there was none.</param>
/// <param name="Images">What accuracy was measured on; they chose nothing.</param>
/// <param name="Layers">Operator by operator.</param>
internal sealed record QuantizationReport(
    Graph Real, double RealAccuracy, Graph Graph, PostTrainingOptions Options,
    IReadOnlyList<(CalibrationMethod Method, double Accuracy)> Methods,
    int? AwareEpochs, FormatSearchResult? Search, LabelledExamples Images, IReadOnlyList<LayerError> Layers)
{
    /// <summary>What was tried where much was lost; null where little was, or nothing was to be tried.</summary>
    public RemedyResult? Remedies { get; init; }

    /// <summary>The accuracy of what was asked for, where something else was taken.</summary>
    public double? PlainAccuracy { get; init; }

    /// <summary>Whether a search kept its budget on the examples that chose; int8 throughout may not keep it.</summary>
    public bool IsKeptWhereChosen { get; init; } = true;

    /// <summary>The format, with what was added to what was asked for.</summary>
    public string Format =>
        Options.Weights.Describe() + (Remedies is { Helped: true } help ? $" with {help.Words}" : "");

    /// <summary>The accuracy of <see cref="Graph"/>.</summary>
    public double Accuracy => Graph.Metrics[0].Value;

    /// <summary>
    /// Whether the loss is within the budget of a search; true without a search. int8 throughout may be outside of it.
    /// </summary>
    public bool IsWithinBudget => Search is null || IsWithin(Search.MaxLoss, RealAccuracy, Accuracy, Images.Count);

    /// <summary>Whether a loss of accuracy is at most so much, and not an image more.</summary>
    public static bool IsWithin(double maxLoss, double real, double accuracy, int images) =>
        real - accuracy < maxLoss + (0.5 / images);
}
