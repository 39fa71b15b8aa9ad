using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>
/// What a model's generated code gives in real numbers: an int8 model's input is quantized and its output is not.
/// </summary>
public static class RealOutputs
{
    /// <summary>The output for each input.</summary>
    /// <param name="graph">One input and one output, both float32 or both int8.</param>
    /// <param name="inputs">Real numbers, as many as the input has elements.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    public static IReadOnlyList<float[]> Of(Graph graph, IReadOnlyList<float[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using CompiledModel model = CompiledModel.Compile(graph);
        byte[] output = new byte[graph.Outputs[0].ByteLength];
        return [.. inputs.Select(values =>
        {
            model.Run([Encode(values, graph.Inputs[0])], [output]);
            return Decode(output, graph.Outputs[0]);
        })];
    }

    internal static byte[] Encode(float[] values, Tensor tensor) => tensor.Quantization is { } q
        ? [.. values.Select(v =>
            (byte)(sbyte)Math.Clamp(MathF.Round(v / q.Scale, MidpointRounding.AwayFromZero) + q.ZeroPoint, -128, 127))]
        : MemoryMarshal.AsBytes<float>(values).ToArray();

    /// <summary>The real numbers that a tensor's bytes stand for.</summary>
    /// <param name="bytes">float32 numbers or int8 codes.</param>
    /// <param name="tensor">Says which, and the codes' scale.</param>
    public static float[] Decode(byte[] bytes, Tensor tensor) => tensor.Quantization is { } q
        ? [.. bytes.Select(b => ((sbyte)b - q.ZeroPoint) * q.Scale)]
        : MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
