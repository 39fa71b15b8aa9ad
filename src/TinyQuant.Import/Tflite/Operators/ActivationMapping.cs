namespace TinyQuant.Import.Operators;

/// <summary>Activations with parameters: SOFTMAX, LEAKY_RELU and PRELU; and L2_NORMALIZATION, which may have one fused.</summary>
internal static class ActivationMapping
{
    public static MappedOperator Softmax(OperatorSource source) =>
        source.Map("Softmax", new AttributeList { { "beta", source.Options(type: 9, fields: 1).Float32(0) } }, 0);

    public static MappedOperator L2Normalization(OperatorSource source) =>
        source.Options(type: 12, fields: 1).Activation(0) is var activation and not "none"
            ? throw new UnsupportedException($"activation {activation} is not supported after a normalization; expected none")
            : source.Map("L2Normalization", null, 0);

    public static MappedOperator LeakyRelu(OperatorSource source) =>
        source.Map("LeakyRelu", new AttributeList { { "alpha", source.Options(type: 75, fields: 1).Float32(0) } }, 0);

    public static MappedOperator Prelu(OperatorSource source)
    {
        source.Options(type: 0, fields: 0);
        return source.Map("Prelu", null, 0, 1);
    }
}
