namespace TinyQuant.Import.Operators;

/// <summary>Operators of one tensor and without options: activation functions, QUANTIZE and DEQUANTIZE.</summary>
internal static class UnaryMapping
{
    /// <param name="kind">Its name in a model file.</param>
    /// <param name="options">Its empty table of options, a number of the union; 0 where the schema has none.</param>
    public static Func<OperatorSource, MappedOperator> Of(string kind, int options = 0) => source =>
    {
        source.Options(options, fields: 0);
        return source.Map(kind, null, 0);
    };
}
