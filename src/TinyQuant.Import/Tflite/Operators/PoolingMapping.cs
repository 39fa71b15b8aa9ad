namespace TinyQuant.Import.Operators;

/// <summary>AVERAGE_POOL_2D and MAX_POOL_2D.</summary>
internal static class PoolingMapping
{
    public static MappedOperator Average(OperatorSource source) => Map(source, "AveragePool2D");

    public static MappedOperator Max(OperatorSource source) => Map(source, "MaxPool2D");

    private static MappedOperator Map(OperatorSource source, string kind)
    {
        OperatorOptions options = source.Options(type: 5, fields: 6);
        return source.Map(kind, new AttributeList
        {
            { "filter", options.HeightWidth(3, 4) },
            { "stride", options.HeightWidth(1, 2) },
            { "padding", options.Padding(0) },
            { "activation", options.Activation(5) },
        }, 0);
    }
}
