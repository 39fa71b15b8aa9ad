using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// The option <c>quantized_bias_type</c>: what sums are added up in where int16 operators have no bias to say it.
/// </summary>
internal static class AccumulatorTypes
{
    /// <summary>It is the operator's own choice (0, which is FLOAT32, means nothing), int32 or int64.</summary>
    public static void Require(TfliteType type)
    {
        if (type is not (TfliteType.Float32 or TfliteType.Int32 or TfliteType.Int64))
        {
            throw new UnsupportedException($"its quantized_bias_type is {type.ToName()}; expected int32 or int64");
        }
    }

    /// <summary>Whether it counts, and asks for 32 bits.</summary>
    /// <param name="source">The operator.</param>
    /// <param name="type">Its option.</param>
    /// <param name="bias">Which input is the bias.</param>
    public static bool HasNarrowSums(OperatorContext source, TfliteType type, int bias)
    {
        Require(type);
        return type == TfliteType.Int32 && source.InputTensor(0).Type == SourceType.Int16 && !source.HasInput(bias);
    }
}
