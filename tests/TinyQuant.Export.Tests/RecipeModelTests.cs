using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Export.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Export.Tests;

/// <summary>
/// The models of <c>weights/</c> in ONNX Runtime: the same scores within a step, and the same answers.
/// </summary>
public sealed class RecipeModelTests
{
    private const int ComparedInputs = 200;
    private const int Strokes = 500;
    private const double LeastAgreement = 0.998;

    [Theory]
    [InlineData("mnist-mlp.int8")]
    [InlineData("mnist-cnn.int8")]
    [InlineData("mnist-cnn.int4")]
    [InlineData("mnist-dscnn.int8")]
    public async Task Pictures(string name)
    {
        LabelledImages test = await TestImages();
        byte[][] inputs = [
            .. Enumerable.Range(0, test.Count)
            .Select(i => Array.ConvertAll(test.Image(i).ToArray(), p => (byte)(p ^ 0x80)))];
        Scores_are_within_one_step_with_float_even(name, inputs);
        The_top_answer_agrees_with_double(name, inputs);
    }

    [Fact]
    public void Sensor_windows()
    {
        Tensor input = Read("sensor-autoencoder.int8").Inputs[0];
        Quantization q = input.Quantization!;
        Scores_are_within_one_step_with_float_even("sensor-autoencoder.int8",
            [.. VibrationData.Create(new VibrationOptions()).Test.Select(window =>
            Array.ConvertAll(window,
                x =>
                    (byte)(sbyte)Math.Clamp(
                        MathF.Round(x / q.Scale, MidpointRounding.AwayFromZero) + q.ZeroPoint, -128, 127)))]);
    }

    private static void Scores_are_within_one_step_with_float_even(string name, byte[][] inputs)
    {
        Graph graph = Read(name) with { Rounding = Rounding.FloatEven };
        using CompiledModel model = CompiledModel.Compile(graph);
        using var onnx = new OnnxRun(graph);
        byte[] ours = new byte[graph.Outputs[0].ByteLength];
        foreach (byte[] input in inputs.Take(ComparedInputs))
        {
            model.Run([input], [ours]);
            Difference.AssertWithinOneStep(name, graph.Outputs[0], ours, onnx.Run([input])[0]);
        }
    }

    private static void The_top_answer_agrees_with_double(string name, byte[][] inputs)
    {
        Graph graph = Read(name) with { Rounding = Rounding.Double };
        using CompiledModel model = CompiledModel.Compile(graph);
        using var onnx = new OnnxRun(graph);
        byte[] ours = new byte[graph.Outputs[0].ByteLength];
        int agreed = 0;
        foreach (byte[] input in inputs)
        {
            model.Run([input], [ours]);
            agreed += Best(ours) == Best(onnx.Run([input])[0]) ? 1 : 0;
        }

        Assert.InRange(agreed / (double)inputs.Length, LeastAgreement, 1);
    }

    private static int Best(byte[] codes)
    {
        double[] values = TensorValues.Decode(TensorType.Int8, codes);
        return Array.IndexOf(values, values.Max());
    }

    /// <summary>MNIST where it is at hand, else strokes that look like its digits.</summary>
    private static async Task<LabelledImages> TestImages() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataSetOptions.EnvironmentVariable))
        ? StrokeDigits.Create(new StrokeOptions()).TestImages.Take(Strokes)
        : (await DataSetLoader.LoadAsync("mnist", new DataSetOptions { AllowNetwork = false })).Data.TestImages;

    private static Graph Read(string name) =>
        ModelReader.Read(File.ReadAllText(Repository.File("weights", $"{name}.tqm"))).Graph!;
}
