using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Recipes;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Recipes;

/// <summary>The recipe as users run it, on real data. Accuracy here is of plain loops; that of generated code is
/// measured where generated code is.</summary>
public class MnistLinearTests
{
    [RealMnistFact]
    public async Task Reaches_92_and_a_half_percent_and_loses_at_most_5_images_in_10000_to_quantization()
    {
        DataSet data = (await DataSetLoader.LoadAsync("mnist", new DataSetOptions { AllowNetwork = false })).Data;
        LabelledImages test = data.TestImages;

        TrainedModels models = LinearRecipe.Run(
            data, new LinearOptions(), graph => Accuracy(graph, test), graph => new PlainRunner(graph));

        double expected = models.Float.Metrics[0].Value;
        Assert.InRange(expected, 0.925, 0.935);
        Assert.InRange(models.Dynamic.Metrics[0].Value, expected - 0.0005, 1);
        Assert.InRange(models.Static.Metrics[0].Value, expected - 0.0005, 1);
        Assert.Equal(31_400, models.Float.ConstantBytes);
        Assert.Equal(7_880, models.Dynamic.ConstantBytes);
        Assert.Equal(7_880, models.Static.ConstantBytes);
    }

    private static double Accuracy(Graph graph, LabelledImages test)
    {
        var runner = new PlainRunner(graph);
        bool isStatic = graph.Inputs[0].Type == TensorType.Int8;
        float[] input = new float[test.Length];
        int correct = 0;
        for (int i = 0; i < test.Count; i++)
        {
            test.ReadReals(i, input);
            int best = isStatic
                ? Best(runner.Accumulators(Codes(test.Image(i))))
                : Best(runner.Run(input)[graph.Outputs[0].Name]);
            correct += best == test.Labels.Span[i] ? 1 : 0;
        }

        return (double)correct / test.Count;
    }

    private static sbyte[] Codes(ReadOnlySpan<byte> pixels)
    {
        sbyte[] codes = new sbyte[pixels.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (sbyte)(pixels[i] - 128);
        }

        return codes;
    }

    private static int Best<T>(T[] scores)
        where T : IComparable<T> => Array.IndexOf(scores, scores.Max());
}
