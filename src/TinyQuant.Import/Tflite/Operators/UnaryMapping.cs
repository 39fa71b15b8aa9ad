using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>Operators of one tensor and without options: activation functions, QUANTIZE and DEQUANTIZE.</summary>
internal static class UnaryMapping
{
    /// <param name="make">Calls the constructor.</param>
    /// <param name="options">Its empty table of options, a number of the union; 0 where the schema has none.</param>
    public static Func<OperatorSource, MappedOperator> Of<TOperator>(
        Func<Tensor, Tensor, TOperator> make, int options = 0)
        where TOperator : Operator => source =>
    {
        source.Options(options, fields: 0);
        return source.Map((inputs, outputs) => make(inputs[0], outputs[0]), 0);
    };
}
