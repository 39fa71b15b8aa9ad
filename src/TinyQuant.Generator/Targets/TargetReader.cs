using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TinyQuant.Generator;

/// <summary>Reads the attribute and the type it stands on.</summary>
internal static class TargetReader
{
    public const string AttributeName = "TinyQuant.QuantizedModelAttribute";

    /// <summary>
    /// The target; null where another part of the type has the attribute before this one, which is an error of the
    /// compiler's (CS0579).
    /// </summary>
    public static TargetSpec? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        AttributeData attribute = context.Attributes[0];
        if (!IsFirst(attribute, type))
        {
            return null;
        }

        string path = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        ImmutableArray<NamedLocation> members = [.. MemberKey.Of(type)];
        var shape = new TargetShape(
            Namespace(type.ContainingNamespace),
            new EquatableArray<string>(ContainingTypes(type)),
            Escape(type.Name),
            type.TypeKind == TypeKind.Struct,
            new EquatableArray<string>([
                .. members.Select(m => m.Name).Distinct(StringComparer.Ordinal)
                .OrderBy(m => m, StringComparer.Ordinal)]));
        return new TargetSpec(
            shape, path, ReadBudgets(attribute), PathLocation(attribute, declaration, cancellation),
            new EquatableArray<NamedLocation>(ArgumentLocations(attribute, cancellation)),
            LocationInfo.Of(declaration.Identifier.GetLocation()), new EquatableArray<NamedLocation>(members),
            new EquatableArray<DiagnosticInfo>(Errors(type, declaration)));
    }

    private static string Namespace(INamespaceSymbol space) => space switch
    {
        { IsGlobalNamespace: true } => "",
        { ContainingNamespace.IsGlobalNamespace: true } => Escape(space.Name),
        _ => Namespace(space.ContainingNamespace) + "." + Escape(space.Name),
    };

    /// <summary>
    /// Two parts with the attribute are two targets to the compiler, and their files would have one name.
    /// </summary>
    private static bool IsFirst(AttributeData attribute, INamedTypeSymbol type)
    {
        SyntaxReference? first = type.GetAttributes()
            .FirstOrDefault(a => SymbolEqualityComparer.Default
                .Equals(a.AttributeClass, attribute.AttributeClass))?.ApplicationSyntaxReference;
        return first?.SyntaxTree == attribute.ApplicationSyntaxReference?.SyntaxTree
            && first?.Span == attribute.ApplicationSyntaxReference?.Span;
    }

    private static Budgets ReadBudgets(AttributeData attribute)
    {
        Dictionary<string, object?> named = attribute.NamedArguments.ToDictionary(
            a => a.Key, a => a.Value.Value, StringComparer.Ordinal);
        T Get<T>(string name, T none) => named.TryGetValue(name, out object? value) && value is T typed ? typed : none;
        return new Budgets(Get("MaxWeightBytes", 0), Get("MaxArenaBytes", 0), Get("MaxMacs", 0L),
            Get("MinAccuracy", 0.0),
            Get("AllowLargeStruct", false));
    }

    private static LocationInfo PathLocation(
        AttributeData attribute, TypeDeclarationSyntax declaration, CancellationToken cancellation)
    {
        SyntaxNode? syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);
        SyntaxNode? path = (syntax as AttributeSyntax)?.ArgumentList?.Arguments.FirstOrDefault();
        return LocationInfo.Of(path ?? syntax ?? declaration);
    }

    private static ImmutableArray<NamedLocation> ArgumentLocations(
        AttributeData attribute, CancellationToken cancellation) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax)?.ArgumentList?.Arguments
            .Where(argument => argument.NameEquals is not null)
            .Select(argument =>
                new NamedLocation(argument.NameEquals!.Name.Identifier.ValueText, LocationInfo.Of(argument)))
            .ToImmutableArray() ?? [];

    private static ImmutableArray<string> ContainingTypes(INamedTypeSymbol type)
    {
        ImmutableArray<string>.Builder headers = ImmutableArray.CreateBuilder<string>();
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            headers.Insert(0, $"partial {Keyword(outer)} {Escape(outer.Name)}");
        }

        return headers.ToImmutable();
    }

    private static ImmutableArray<DiagnosticInfo> Errors(INamedTypeSymbol type, TypeDeclarationSyntax declaration)
    {
        ImmutableArray<DiagnosticInfo>.Builder errors = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        LocationInfo at = LocationInfo.Of(declaration.Identifier.GetLocation());
        for (SyntaxNode? node = declaration; node is TypeDeclarationSyntax outer; node = node.Parent)
        {
            if (!outer.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                errors.Add(new DiagnosticInfo(
                    Descriptors.NotPartial, LocationInfo.Of(outer.Identifier.GetLocation()), outer.Identifier.Text));
            }
        }

        if (declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: var version }
            && version < LanguageVersion.CSharp12)
        {
            errors.Add(new DiagnosticInfo(Descriptors.OldLanguage, at, type.Name, version.ToDisplayString()));
        }

        if (Unsupported(type) is { } what)
        {
            errors.Add(new DiagnosticInfo(Descriptors.UnsupportedTarget, at, type.Name, what));
        }

        return errors.ToImmutable();
    }

    private static string? Unsupported(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            string inside = ReferenceEquals(outer, type) ? "" : $"inside '{outer.Name}', which is ";
            if (outer.Arity > 0)
            {
                return inside + "generic";
            }

            if (outer.IsFileLocal)
            {
                return inside + "file-local";
            }
        }

        return type switch
        {
            { TypeKind: TypeKind.Interface } => "an interface",
            { IsRecord: true } => "a record",
            { IsRefLikeType: true } => "a ref struct",
            { IsReadOnly: true } => "a readonly struct, which could not change its arena",
            { IsStatic: true } => "static",
            { IsAbstract: true } => "abstract",
            _ => null,
        };
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    /// <summary>
    /// Words that are keywords in some places, such as <c>record</c> and <c>required</c>, are no names of types either.
    /// </summary>
    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
            && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;
}
