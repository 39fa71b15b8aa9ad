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
        ("Kernels_Elements_Dynamic", Part.Quantization),
        ("Kernels_FloatDot_", Part.Float32Products),
        ("Kernels_Convolution_Float", Part.Float32Products),
    ];

    /// <summary>Where the name has a unit in it: products are written once, and compiled for each.</summary>
    internal static IReadOnlyList<(string Type, Part Part)> Units { get; } =
    [
        ("FloatDot_", Part.Float32Products),
        ("FourBytesFma", Part.Float32Products),
        ("FourBytesFloat128", Part.Float32Products),
        ("Vnni", Part.AvxVnni),
        ("ArmDp", Part.ArmDotProduct),
        ("Sse41", Part.Sse41),
        ("ProductsVector128", Part.Vector128),
        ("DepthwiseAvx2", Part.Avx2),
        ("ProductsAvx2", Part.Avx2),
        ("FourBytesAvx2", Part.Avx2),
        ("AdvSimd", Part.AdvSimd),
        ("FourBytes128", Part.Vector128),
        ("DotScalar", Part.Scalar),
        ("TileScalar", Part.Scalar),
    ];

    /// <summary>The types behind products of any unit.</summary>
    internal static IReadOnlyList<string> Products { get; } =
    [
        "Kernels_MatrixVector_", "Kernels_Depthwise_", "Kernels_Convolution_", "Kernels_Rows_PlaneSums",
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
