using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary>Measures and writes a model of which only the weights are in another form.</summary>
internal static class WeightStorage
{
    public static void Run(Graph real, Graph stored, LabelledExamples images, string? output)
    {
        double accuracy = ModelAccuracy.Measure(stored, images);
        Screen.Line($"{stored.Notes[^1]}: accuracy {accuracy:P2} on {images.Name}, float32 {ModelAccuracy.Measure(real, images):P2}; {stored.ConstantBytes:N0} bytes of weights and biases, float32 {real.ConstantBytes:N0}");
        if (output is not null)
        {
            AtomicFile.WriteAllText(output,
                ModelWriter.Write(
                    stored with { Metrics = [new Metric("accuracy", accuracy, images.Name, images.Count)] }));
            Screen.Line($"Wrote {output}");
        }
    }
}
