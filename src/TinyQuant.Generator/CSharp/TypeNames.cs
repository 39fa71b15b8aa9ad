using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>C# names of element types and spans.</summary>
internal static class TypeNames
{
    public static string Element(TensorType type) => type switch
    {
        TensorType.Float32 => "float",
        TensorType.Int8 => "sbyte",
        TensorType.UInt8 => "byte",
        TensorType.Int16 => "short",
        _ => "int",
    };

    public static string ReadOnlySpan(TensorType type) => ReadOnlySpan(Element(type));

    public static string ReadOnlySpan(string element) => $"global::System.ReadOnlySpan<{element}>";

    public static string Span(TensorType type) => $"global::System.Span<{Element(type)}>";

    public const string ByteSpan = "global::System.Span<byte>";
}
