using Microsoft.CodeAnalysis;

namespace TinyQuant.Generator;

/// <summary>
/// What two members of one type must not share: the name, and of methods also the types of the parameters, as in
/// <c>Run(global::System.Span&lt;byte&gt;)</c>.
/// </summary>
internal static class MemberKey
{
    /// <summary>The members that the user declares in a type, where each stands.</summary>
    public static IEnumerable<NamedLocation> Of(INamedTypeSymbol type) =>
        from member in type.GetMembers()
        where !member.IsImplicitlyDeclared && member.CanBeReferencedByName && !member.Locations.IsEmpty
        let key = Of(member)
        where key is not null
        select new NamedLocation(key, LocationInfo.Of(member.Locations[0]));

    /// <summary>The key of a method.</summary>
    public static string OfMethod(string name, IEnumerable<string> parameterTypes) =>
        $"{name}({string.Join(",", parameterTypes)})";

    /// <summary>The name in a key.</summary>
    public static string NameOf(string key) => IsMethod(key) ? key.Substring(0, key.IndexOf('(')) : key;

    /// <summary>Whether a type cannot have both: methods may share a name, other members may not.</summary>
    public static bool Collide(string one, string other) =>
        one == other || (NameOf(one) == NameOf(other) && !(IsMethod(one) && IsMethod(other)));

    private static bool IsMethod(string key) => key.EndsWith(")", StringComparison.Ordinal);

    /// <summary>Null for what collides with nothing that is generated: a generic method.</summary>
    private static string? Of(ISymbol member) => member switch
    {
        IMethodSymbol { Arity: > 0 } => null,
        IMethodSymbol method => OfMethod(method.Name, method.Parameters.Select(p =>
            (p.RefKind == RefKind.None ? "" : "ref ")
                + p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))),
        _ => member.Name,
    };
}
