namespace TinyQuant.Model;

/// <summary>The element type of a tensor, named as in the model file.</summary>
#if !TINYQUANT_GENERATOR
public
#endif
enum TensorType
{
    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>Signed 8-bit codes; with a <see cref="Quantization"/>, real = (q - zero point) * scale.</summary>
    Int8,

    /// <summary>Signed 16-bit codes: states, and activations that need more steps than int8 has.</summary>
    Int16,

    /// <summary>Signed 32-bit integers: biases, accumulators and indexes.</summary>
    Int32,
}

/// <summary>Names and sizes of <see cref="TensorType"/>.</summary>
static partial class TensorTypes
{
    /// <summary>The bytes of one element.</summary>
    public static int SizeInBytes(this TensorType type) => type switch
    {
        TensorType.Int8 => sizeof(sbyte),
        TensorType.Int16 => sizeof(short),
        _ => sizeof(int),
    };

    /// <summary>The least and the greatest zero point of a tensor of that type.</summary>
    internal static (int Min, int Max) ZeroPoints(this TensorType type) => type switch
    {
        TensorType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        TensorType.Int16 => (short.MinValue, short.MaxValue),
        _ => (int.MinValue, int.MaxValue),
    };

    /// <summary>The name in a model file: <c>float32</c>, <c>int8</c>, <c>int16</c> or <c>int32</c>.</summary>
    public static string ToName(this TensorType type) => type switch
    {
        TensorType.Float32 => "float32",
        TensorType.Int8 => "int8",
        TensorType.Int16 => "int16",
        _ => "int32",
    };

    /// <summary>The type of that name; false where there is none.</summary>
    public static bool TryParse(string name, out TensorType type)
    {
        (bool known, type) = name switch
        {
            "float32" => (true, TensorType.Float32),
            "int8" => (true, TensorType.Int8),
            "int16" => (true, TensorType.Int16),
            "int32" => (true, TensorType.Int32),
            _ => (false, default),
        };
        return known;
    }
}
