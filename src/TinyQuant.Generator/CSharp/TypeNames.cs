using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>C# names of element types and spans.</summary>
internal static class TypeNames
{
    public static string ReadOnlySpan(TensorType type) => ReadOnlySpan(type.ToCSharp());

    public static string ReadOnlySpan(string element) => $"global::System.ReadOnlySpan<{element}>";

    public static string Span(TensorType type) => $"global::System.Span<{type.ToCSharp()}>";

    public const string ByteSpan = "global::System.Span<byte>";
}
