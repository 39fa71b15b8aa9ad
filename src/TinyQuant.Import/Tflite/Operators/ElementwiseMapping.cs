namespace TinyQuant.Import.Operators;

/// <summary>Operators of two tensors, element by element: ADD, SUB, MUL, MAXIMUM and MINIMUM.</summary>
internal static class ElementwiseMapping
{
    public static MappedOperator Add(OperatorSource source) => Map(source, "Add", source.Options(type: 11, fields: 2));

    public static MappedOperator Sub(OperatorSource source) => Map(source, "Sub", source.Options(type: 28, fields: 2));

    public static MappedOperator Mul(OperatorSource source) => Map(source, "Mul", source.Options(type: 21, fields: 1));

    public static MappedOperator Maximum(OperatorSource source) => MapExtremum(source, "Maximum");

    public static MappedOperator Minimum(OperatorSource source) => MapExtremum(source, "Minimum");

    private static MappedOperator Map(OperatorSource source, string kind, OperatorOptions options) =>
        source.Map(kind, new AttributeList { { "activation", options.Activation(0) } }, 0, 1);

    private static MappedOperator MapExtremum(OperatorSource source, string kind)
    {
        source.Options(type: 39, fields: 0);
        return source.Map(kind, null, 0, 1);
    }
}
