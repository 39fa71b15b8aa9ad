using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The C# of the kernels' type arguments, which leave code out of a program that it does not need.</summary>
internal static class TypeArguments
{
    /// <summary>Whether an int8 weight is -128, which other tools may write and ours do not.</summary>
    public static string Range(ReadOnlySpan<sbyte> weights) =>
        weights.IndexOf(sbyte.MinValue) >= 0 ? "Kernels::FullWeights" : "Kernels::NarrowWeights";

    /// <summary>The name of the kernel for a tensor's codes.</summary>
    public static string Codes(Tensor tensor) => tensor.Type == TensorType.Int16 ? "Int16" : "Int8";

    /// <summary>The rounding of accumulators to codes.</summary>
    public static string Requantizer(Rounding rounding) => rounding switch
    {
        Rounding.Single => "Kernels::RequantSingle",
        Rounding.FloatEven => "Kernels::RequantFloatEven",
        _ => "Kernels::RequantDouble",
    };

    /// <summary>The rounding of a fixed-point product.</summary>
    public static string FixedPoint(Rounding rounding) =>
        rounding == Rounding.Single ? "Kernels::SingleRounding" : "Kernels::DoubleRounding";
}
