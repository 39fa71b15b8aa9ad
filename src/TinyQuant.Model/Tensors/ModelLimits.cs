namespace TinyQuant.Model;

/// <summary>
/// The most of each that a model may have, in whatever form it comes. They are far above every published model that
/// fits a small device; what lies above is an error of <see cref="GraphValidator"/>, before anything takes time or
/// memory for it.
/// </summary>
public static class ModelLimits
{
    /// <summary>Operators; large published models have a thousand.</summary>
    public const int Operators = 10_000;

    /// <summary>Tensors, constants included.</summary>
    public const int Tensors = 20_000;

    /// <summary>What one operator reads, or writes; and inputs, or outputs, of the model.</summary>
    public const int Operands = 1_024;

    /// <summary>Dimensions of a tensor.</summary>
    public const int Dimensions = 8;

    /// <summary>Bytes of a tensor, in the type that computes: what one array or span can hold.</summary>
    public const int TensorBytes = int.MaxValue;

    /// <summary>Characters of a tensor's name; TensorFlow makes whole scopes of them.</summary>
    public const int NameLength = 4_096;

    /// <summary>How deep graphs that operators run lie in each other.</summary>
    public const int SubgraphDepth = 16;
}
