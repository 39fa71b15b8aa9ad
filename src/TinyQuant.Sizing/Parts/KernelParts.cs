namespace TinyQuant.Sizing.Parts;

/// <summary>Which part a method of TinyQuant.Runtime belongs to, by its name and its type arguments.</summary>
internal static class KernelParts
{
    /// <summary>How the NativeAOT compiler begins the names of the library's types.</summary>
    public const string Prefix = "TinyQuant_Runtime_TinyQuant_";

    /// <summary>Where the type that declares the method begins so, whatever its type arguments are.</summary>
    internal static IReadOnlyList<(string Start, Part Part)> Declaring { get; } =
    [
        ("Kernels_Int4_", Part.Int4Weights),
        ("Kernels_FullyConnected__Int4", Part.Int4Weights),
        ("Kernels_Conv2D__Int4", Part.Int4Weights),
        ("Kernels_DepthwiseConv2D__Int4", Part.Int4Weights),
        ("Kernels_Requant", Part.Requantization),
        ("Kernels_Quantize", Part.Quantization),
        ("Kernels_Dynamic", Part.Quantization),
        ("Kernels_FloatUnits_", Part.Float32Products),
        ("Kernels_Tiles_Float", Part.Float32Products),
    ];

    /// <summary>Where the name has a unit in it: products are written once, and compiled for each.</summary>
    internal static IReadOnlyList<(string Type, Part Part)> Units { get; } =
    [
        ("FloatUnits_", Part.Float32Products),
        ("GroupFma", Part.Float32Products),
        ("GroupFloat128", Part.Float32Products),
        ("Vnni", Part.AvxVnni),
        ("ArmDp", Part.ArmDotProduct),
        ("Sse41", Part.Sse41),
        ("ProductsVector128", Part.Vector128),
        ("LanesAvx2", Part.Avx2),
        ("ProductsAvx2", Part.Avx2),
        ("GroupAvx2", Part.Avx2),
        ("AdvSimd", Part.AdvSimd),
        ("LanesArm", Part.AdvSimd),
        ("Group128", Part.Vector128),
        ("DotScalar", Part.Scalar),
        ("TileScalar", Part.Scalar),
    ];

    /// <summary>The types behind products of any unit.</summary>
    internal static IReadOnlyList<string> Products { get; } =
    [
        "Kernels_Units_", "Kernels_Lanes_", "Kernels_Tiles_", "Kernels_FullyConnectedKernel", "Kernels_Narrow", "Kernels_SignedDot", "Kernels_RowSums",
    ];

    /// <summary>The part of a method, by its name behind <see cref="Prefix"/>.</summary>
    public static Part Of(string method)
    {
        foreach ((string start, Part part) in Declaring)
        {
            if (method.StartsWith(start, StringComparison.Ordinal))
            {
                return part;
            }
        }
        foreach ((string type, Part part) in Units)
        {
            if (method.Contains(type, StringComparison.Ordinal))
            {
                return part;
            }
        }
        return Products.Any(p => method.StartsWith(p, StringComparison.Ordinal)) ? Part.Int8Products : Part.Operators;
    }
}
