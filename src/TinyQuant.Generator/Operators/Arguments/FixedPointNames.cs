namespace TinyQuant.Generator;

/// <summary>The runtime's rounding of fixed-point products.</summary>
internal static class FixedPointNames
{
    public static string Rounding(LoweringContext context) =>
        context.FixedPointRounding == Model.Rounding.Single ? "Kernels::SingleRounding" : "Kernels::DoubleRounding";
}
