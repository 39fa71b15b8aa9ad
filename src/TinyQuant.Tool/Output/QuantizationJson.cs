using System.Text.Json;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Tool.Output;

/// <summary>What quantizing a model gave, for programs. A signal without noise has no ratio: null.</summary>
internal static class QuantizationJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Write(QuantizationReport report) => JsonSerializer.Serialize(
        new
        {
            report.Graph.Name,
            DataSet = report.Images.Name,
            Images = report.Images.Count,
            Weights = report.Options.Weights.Describe(),
            Method = report.Options.Method.Word(),
            BiasCorrection = report.Options.CorrectsBias,
            Equalize = report.Options.Equalizes,
            QuantizationAwareEpochs = report.AwareEpochs,
            Fp32Accuracy = report.RealAccuracy,
            report.Accuracy,
            WeightAndScaleBytes = WeightBytes.Of(report.Graph),
            report.Graph.ConstantBytes,
            Search = report.Search is { } search
                ? new
                {
                    search.Tried,
                    search.Accuracy,
                    Fp32Accuracy = search.RealAccuracy,
                    search.MaxLoss,
                    report.IsWithinBudget,
                    IsKept = report.IsKeptWhereChosen,
                }
                : null,
            Remedies = report.Remedies is { } tried
                ? new { Options = tried.Words, tried.Tried, report.PlainAccuracy }
                : null,
            Methods = report.Methods.Select(m => new { Method = m.Method.Word(), m.Accuracy }),
            Layers = report.Layers.Select(l => new
            {
                l.Operator,
                l.Output,
                l.Weights,
                WeightDecibels = Finite(l.WeightDecibels),
                l.Range.Min,
                l.Range.Max,
                l.Scale,
                l.ZeroPoint,
                Decibels = Finite(l.Decibels),
            }),
        },
        s_options) + "\n";

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
