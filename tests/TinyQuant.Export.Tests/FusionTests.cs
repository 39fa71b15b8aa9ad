using Microsoft.ML.OnnxRuntime;
using TinyQuant.Export.Onnx;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Export.Tests;

/// <summary>
/// ONNX Runtime takes its integer kernels for what is exported: a benchmark against anything less would prove nothing.
/// </summary>
public sealed class FusionTests
{
    [GoldenTheory]
    [InlineData("kws_ref_model")]
    [InlineData("ad01_int8")]
    [InlineData("resnet8_int8")]
    [InlineData("vww_96_int8")]
    [InlineData("micro_speech_int8")]
    public void No_real_is_left_between_two_integer_kernels(string name)
    {
        string model = Path.Combine(GoldenFactAttribute.Root, "models", name, "model.tflite");
        string[] nodes = Optimized(OnnxExporter.Export(TfliteImporter.Import(File.ReadAllBytes(model)).Graph!).File!);

        string[] integer = ["QLinearConv", "QGemm", "QLinearAdd", "QLinearAveragePool", "QLinearGlobalAveragePool",
            "QLinearSoftmax", "Reshape", "Transpose"];
        Assert.Empty(nodes.Except(integer));
    }

    [Fact]
    public void The_shipped_model_is_one_kernel()
    {
        Graph graph = ModelReader.Read(File.ReadAllText(Repository.File("weights", "mnist-linear.int8.tqm"))).Graph!;

        Assert.Equal(["QGemm"], Optimized(OnnxExporter.Export(graph).File!));
    }

    private static string[] Optimized(byte[] model)
    {
        string file = Path.GetTempFileName();
        try
        {
            using var options = new SessionOptions
            {
                OptimizedModelFilePath = file,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED
            };
            using (new InferenceSession(model, options))
            {
                return [.. ModelProto.Parser.ParseFrom(File.ReadAllBytes(file)).Graph.Node.Select(n => n.OpType)];
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}
