namespace TinyQuant.Sizing.Parts;

/// <summary>What bytes of a program are for.</summary>
public enum Part
{
    /// <summary>Weights, biases, multipliers and tables of the model.</summary>
    Constants,

    /// <summary>The code of the type that the generator wrote.</summary>
    GeneratedCode,

    /// <summary>The program that calls it.</summary>
    Program,

    /// <summary>Int8 products with AVX-VNNI.</summary>
    AvxVnni,

    /// <summary>Int8 products with AVX2.</summary>
    Avx2,

    /// <summary>Int8 products with SSE4.1.</summary>
    Sse41,

    /// <summary>Int8 products with Arm's dot product.</summary>
    ArmDotProduct,

    /// <summary>Int8 products with AdvSimd.</summary>
    AdvSimd,

    /// <summary>Int8 products with any 128-bit vectors.</summary>
    Vector128,

    /// <summary>Int8 products by plain loops.</summary>
    Scalar,

    /// <summary>What int8 products have in common: the choice among them, their inputs and what is left over.</summary>
    Int8Products,

    /// <summary>float32 products.</summary>
    Float32Products,

    /// <summary>Reading int4 weights.</summary>
    Int4Weights,

    /// <summary>Accumulators to int8.</summary>
    Requantization,

    /// <summary>Reals to int8, in programs with dynamic-range models.</summary>
    Quantization,

    /// <summary>The operators' entries, shapes and checks, and operators without products.</summary>
    Operators,

    /// <summary>Code of .NET's libraries.</summary>
    Framework,

    /// <summary>How to unwind each method, and where its references are.</summary>
    Unwinding,

    /// <summary>Types, metadata, static fields and tables of the managed runtime.</summary>
    Types,

    /// <summary>The native runtime: garbage collector, start, system calls.</summary>
    NativeRuntime,

    /// <summary>Relocations, imported symbols, and tables to reach them.</summary>
    DynamicLinking,

    /// <summary>Names of sections, and notes of the linker.</summary>
    Notes,

    /// <summary>The file's headers, and padding between its sections.</summary>
    Alignment,
}
