using Microsoft.CodeAnalysis;

namespace TinyQuant.Generator;

/// <summary>
/// Tells types that hold a model's arena by the constants that the generator gives them. The attribute would not do:
/// it is conditional, so a model of a referenced assembly has none.
/// </summary>
internal static class ModelTypes
{
    /// <summary>Whether a value of the type is a model with its arena inline.</summary>
    public static bool IsModelStruct(ITypeSymbol? type) => type is { TypeKind: TypeKind.Struct } && IsModel(type);

    /// <summary>Whether an instance of the type is a model with an arena, inline or of its own.</summary>
    public static bool IsModel(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct or TypeKind.Class, IsGenericType: false }
        && Constant(type, "ModelName") is string && Constant(type, "BakedBytes") is int
        && Constant(type, "ArenaBytes") is int
        && Constant(type, "Macs") is long;

    /// <summary>Bytes of the arena that an instance holds.</summary>
    public static int InstanceBytes(ITypeSymbol model)
    {
        const int word = sizeof(ulong);
        int bytes = (Constant(model, "ClassifyArenaBytes") ?? Constant(model, "ArenaBytes")) as int? ?? 0;
        return Math.Max(word, (bytes + word - 1) / word * word);
    }

    private static object? Constant(ITypeSymbol type, string name) =>
        type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue)?.ConstantValue;
}
