using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The runtime's requantizer for a model's rounding.</summary>
internal static class RoundingNames
{
    public static string Requantizer(Rounding rounding, Operator op) => rounding == Rounding.Double
        ? "Kernels::RequantDouble"
        : throw new UnsupportedModelException(op.Line, $"rounding '{rounding.ToName()}' has no kernel in this version; expected 'double'");
}
