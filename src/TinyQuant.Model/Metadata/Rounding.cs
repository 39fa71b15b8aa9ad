namespace TinyQuant.Model;

/// <summary>How an int32 accumulator becomes an int8 code: a property of the whole model.</summary>
public enum Rounding
{
    /// <summary>gemmlowp's two steps, as TensorFlow Lite Micro and CMSIS-NN round by default.</summary>
    Double,

    /// <summary>One 64-bit product rounded once, as ruy and <c>TFLITE_SINGLE_ROUNDING</c> do.</summary>
    Single,

    /// <summary>A float32 scale, ties to even, as XNNPACK and ONNX Runtime do.</summary>
    FloatEven,
}

/// <summary>Names of <see cref="Rounding"/>.</summary>
public static class Roundings
{
    /// <summary>The name in a model file: <c>double</c>, <c>single</c> or <c>float-even</c>.</summary>
    public static string ToName(this Rounding rounding) => rounding switch
    {
        Rounding.Single => "single",
        Rounding.FloatEven => "float-even",
        _ => "double",
    };

    /// <summary>The rounding of that name; false where there is none.</summary>
    public static bool TryParse(string name, out Rounding rounding)
    {
        (bool known, rounding) = name switch
        {
            "double" => (true, Rounding.Double),
            "single" => (true, Rounding.Single),
            "float-even" => (true, Rounding.FloatEven),
            _ => (false, default),
        };
        return known;
    }
}
