using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>SVDF: input, weights of features and of time, optionally a bias, and the state.</summary>
internal static class SvdfMapping
{
    private const int Bias = 3;
    private const int State = 4;

    public static MappedOperator Map(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 6, fields: 3);
        // asymmetric_quantize_inputs is about this form alone.
        if (source.InputTensor(0).Type == SourceType.Float32 && source.InputTensor(1).Type != SourceType.Float32)
        {
            throw new UnsupportedException(
                "it has float32 activations and quantized weights (dynamic range), which is supported in "
                    + "FULLY_CONNECTED and convolutions only");
        }

        if (source.HasInput(Bias) && source.InputTensor(Bias) is { Type: SourceType.Int32 } bias
            && bias.Quantization.ZeroPoints.Any(z => z != 0))
        {
            throw new UnsupportedException($"its bias '{bias.ShownName}' has a zero point; expected 0");
        }

        (int rank, Activation activation) = (options.Int32(0), options.Activation(1));
        return source.MapTensors(
            (inputs, outputs) => new Svdf(inputs, outputs[0], rank, activation),
            [.. source.WithOptional(Bias, 0, 1, 2), source.Input(State)]);
    }
}
