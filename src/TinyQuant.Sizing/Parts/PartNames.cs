namespace TinyQuant.Sizing.Parts;

/// <summary>Names of <see cref="Part"/>.</summary>
public static class PartNames
{
    /// <summary>All parts, in the order in which they are shown.</summary>
    public static IReadOnlyList<Part> All { get; } = Enum.GetValues<Part>();

    /// <summary>What a table calls it.</summary>
    public static string Text(this Part part) => part switch
    {
        Part.Constants => "weights, biases, multipliers and tables",
        Part.GeneratedCode => "the generated type's code",
        Part.Program => "the program that calls it",
        Part.AvxVnni => "kernels: int8 products, AVX-VNNI",
        Part.Avx2 => "kernels: int8 products, AVX2",
        Part.Sse41 => "kernels: int8 products, SSE4.1",
        Part.ArmDotProduct => "kernels: int8 products, Arm dot product",
        Part.AdvSimd => "kernels: int8 products, AdvSimd",
        Part.Vector128 => "kernels: int8 products, Vector128",
        Part.Scalar => "kernels: int8 products, scalar",
        Part.Int8Products => "kernels: int8 products, shared",
        Part.Float32Products => "kernels: float32 products",
        Part.Int4Weights => "kernels: int4 weights",
        Part.Requantization => "kernels: requantization",
        Part.Quantization => "kernels: quantization of inputs",
        Part.Operators => "kernels: operators, shapes and checks",
        Part.Framework => "code of .NET's libraries",
        Part.Unwinding => "unwinding, GC and exception tables",
        Part.Types => "types, metadata and static fields",
        Part.NativeRuntime => "native runtime",
        Part.DynamicLinking => "dynamic linking",
        Part.Notes => "notes and names",
        _ => "alignment and headers",
    };
}
