using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// Operators of one tensor, most without options: activation functions, QUANTIZE and DEQUANTIZE, CAST.
/// </summary>
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

    /// <summary>One that the file does not have stands for what CONCATENATION did.</summary>
    public static MappedOperator Quantize(OperatorSource source)
    {
        source.Options(type: 89, fields: 0);
        return source.Map(
            (inputs, outputs) => new Quantize(inputs[0], outputs[0], isLegacy: source.IsRescaling), 0);
    }

    /// <summary>Its options repeat the types of the tensors.</summary>
    public static MappedOperator Cast(OperatorSource source)
    {
        source.Options(type: 37, fields: 2);
        return source.Map((inputs, outputs) => new Cast(inputs[0], outputs[0]), 0);
    }

    /// <summary>The dimensions come first, and are those of the output.</summary>
    public static MappedOperator Fill(OperatorSource source)
    {
        source.Options(type: 68, fields: 0);
        OutputShapes.RequireSame(source, input: 0);
        return source.Map((inputs, outputs) => new Fill(inputs[0], outputs[0]), 1);
    }
}
