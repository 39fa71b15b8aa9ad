using System.Text.Json;
using TinyQuant.Data;
using TinyQuant.Evaluation;

namespace TinyQuant.Tool.Output;

/// <summary>The comparison for programs.</summary>
internal static class ComparisonJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Write(IReadOnlyList<ComparisonRow> rows, LabelledExamples images) => JsonSerializer.Serialize(
        new
        {
            Name = rows[0].Graph.Name,
            DataSet = images.Name,
            Images = images.Count,
            Units = new { Int8 = DotUnits.Int8, Float32 = DotUnits.Float32 },
            Models = rows.Select(r => new
            {
                r.Kind,
                r.Accuracy,
                r.WeightBytes,
                r.BakedBytes,
                r.ArenaBytes,
                NanosecondsPerImage = r.Latency.Image,
                NanosecondsPerBatch = r.Latency.Batch,
                NanosecondsPerTestSet = r.Latency.TestSet,
            }),
            Report = new
            {
                Fp32 = new
                {
                    Accuracy = OriginalReport.Fp32Accuracy,
                    WeightBytes = OriginalReport.Fp32Bytes,
                    Seconds = OriginalReport.Fp32Seconds,
                },
                Quantized = new
                {
                    Accuracy = OriginalReport.QuantizedAccuracy,
                    WeightBytes = OriginalReport.QuantizedBytes,
                    Seconds = OriginalReport.QuantizedSeconds,
                },
            },
        },
        s_options) + "\n";

    /// <summary>Any models, and the pictures on which they differ most.</summary>
    public static string Write(IReadOnlyList<ComparisonRow> rows, Disagreements differences,
        LabelledExamples images) => JsonSerializer.Serialize(
        new
        {
            DataSet = images.Name,
            Images = images.Count,
            Units = new { Int8 = DotUnits.Int8, Float32 = DotUnits.Float32 },
            Models = rows.Select((r, i) => new
            {
                Model = r.Kind,
                r.Accuracy,
                OtherAnswers = differences.Differing[i],
                r.WeightBytes,
                r.BakedBytes,
                r.ArenaBytes,
                r.Graph.Macs,
                NanosecondsPerImage = r.Latency.Image,
            }),
            Differences = differences.Largest,
        },
        s_options) + "\n";
}
