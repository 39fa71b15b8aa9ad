namespace TinyQuant.Model;

/// <summary>An activation fused into an operator.</summary>
public enum Activation
{
    /// <summary>None.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>min(max(x, -1), 1).</summary>
    ReluN1To1,
}

/// <summary>Names and ranges of <see cref="Activation"/>.</summary>
public static class Activations
{
    /// <summary>The name in a model file: <c>none</c>, <c>relu</c>, <c>relu6</c> or <c>relu_n1_to_1</c>.</summary>
    public static string ToName(this Activation activation) => activation switch
    {
        Activation.Relu => "relu",
        Activation.Relu6 => "relu6",
        Activation.ReluN1To1 => "relu_n1_to_1",
        _ => "none",
    };

    /// <summary>The activation of that name; false where there is none.</summary>
    public static bool TryParse(string name, out Activation activation)
    {
        (bool known, activation) = name switch
        {
            "none" => (true, Activation.None),
            "relu" => (true, Activation.Relu),
            "relu6" => (true, Activation.Relu6),
            "relu_n1_to_1" => (true, Activation.ReluN1To1),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The real range that the activation clamps to; infinite where it does not.</summary>
    public static (float Min, float Max) Range(this Activation activation) => activation switch
    {
        Activation.Relu => (0f, float.PositiveInfinity),
        Activation.Relu6 => (0f, 6f),
        Activation.ReluN1To1 => (-1f, 1f),
        _ => (float.NegativeInfinity, float.PositiveInfinity),
    };
}
