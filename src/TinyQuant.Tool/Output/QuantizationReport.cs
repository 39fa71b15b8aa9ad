using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Data;
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
/// <param name="Images">What accuracy was measured on.</param>
/// <param name="Layers">Operator by operator.</param>
internal sealed record QuantizationReport(
    Graph Real, double RealAccuracy, Graph Graph, PostTrainingOptions Options, IReadOnlyList<(CalibrationMethod Method, double Accuracy)> Methods,
    int? AwareEpochs, FormatSearchResult? Search, LabelledImages Images, IReadOnlyList<LayerError> Layers)
{
    /// <summary>The accuracy of <see cref="Graph"/>.</summary>
    public double Accuracy => Graph.Metrics[0].Value;
}
