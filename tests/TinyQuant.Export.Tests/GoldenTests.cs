using TinyQuant.Evaluation;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Export.Tests.Support;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Export.Tests;

/// <summary>
/// The models of the benchmark in ONNX Runtime: each operator within one step, and the whole model's answers.
/// </summary>
public sealed class GoldenTests
{
    private const int TracedInputs = 3;

    public static TheoryData<string> Models =>
    [
        "kws_ref_model", "ad01_int8", "resnet8_int8", "vww_96_int8", "micro_speech_int8",
        "kws_float", "ad01_fp32", "resnet8_float32", "vww_96_float",
    ];

    [GoldenTheory]
    [MemberData(nameof(Models))]
    public void Every_operator_is_within_one_step_given_equal_inputs(string name)
    {
        (Graph graph, RecordedTensors inputs) = Read(name);
        Agreement.Assert(graph, Enumerable.Range(0, TracedInputs).Select(inputs.Run));
    }

    [GoldenTheory]
    [MemberData(nameof(Models))]
    public void The_whole_model_gives_the_same_answers(string name)
    {
        (Graph graph, RecordedTensors inputs) = Read(name);
        using CompiledModel model = CompiledModel.Compile(graph);
        using var onnx = new OnnxRun(graph);
        byte[] ours = new byte[graph.Outputs[0].ByteLength];
        for (int run = 0; run < inputs.Count; run++)
        {
            byte[][] input = inputs.Run(run);
            model.Run(input, [ours]);
            Assert.Equal(Best(graph.Outputs[0], ours), Best(graph.Outputs[0], onnx.Run(input)[0]));
        }
    }

    private static int Best(Tensor tensor, byte[] bytes)
    {
        double[] values = TensorValues.Decode(tensor.Type, bytes);
        return Array.IndexOf(values, values.Max());
    }

    private static (Graph Graph, RecordedTensors Inputs) Read(string name)
    {
        string folder = Path.Combine(GoldenFactAttribute.Root, "models", name);
        ImportResult result = TfliteImporter.Import(
            File.ReadAllBytes(Path.Combine(folder, "model.tflite")),
            new ImportOptions { Rounding = Rounding.FloatEven });
        return (result.Graph!, RecordedTensors.Read(Path.Combine(folder, "input.bin"), result.Graph!.Inputs));
    }
}
