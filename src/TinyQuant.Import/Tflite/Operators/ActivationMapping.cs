using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// Activations with parameters: SOFTMAX, LEAKY_RELU and PRELU; and L2_NORMALIZATION, which may have one fused.
/// </summary>
internal static class ActivationMapping
{
    public static MappedOperator Softmax(OperatorSource source)
    {
        float beta = source.Options(type: 9, fields: 1).Float32(0);
        return source.Map((inputs, outputs) => new Softmax(inputs[0], outputs[0], beta), 0);
    }

    public static MappedOperator L2Normalization(OperatorSource source) =>
        source.Options(type: 12, fields: 1).Activation(0) is var activation and not Activation.None
            ? throw new UnsupportedException(
                $"activation {activation.ToName()} is not supported after a normalization; expected none")
            : source.Map((inputs, outputs) => new L2Normalization(inputs[0], outputs[0]), 0);

    public static MappedOperator LeakyRelu(OperatorSource source)
    {
        float alpha = source.Options(type: 75, fields: 1).Float32(0);
        return source.Map((inputs, outputs) => new LeakyRelu(inputs[0], outputs[0], alpha), 0);
    }

    public static MappedOperator Prelu(OperatorSource source)
    {
        source.Options(type: 0, fields: 0);
        return source.Map((inputs, outputs) => new Prelu(inputs, outputs[0]), 0, 1);
    }
}
