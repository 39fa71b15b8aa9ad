using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TinyQuant.Generator;

/// <summary>
/// Members that the user's part of a type and the generated one would both have. They are read from the generated text,
/// so that what is generated and what is checked cannot differ.
/// </summary>
internal static class MemberCollisions
{
    /// <summary>What a debug build has besides counts too.</summary>
    private static readonly CSharpParseOptions s_parse = new(preprocessorSymbols: ["DEBUG"]);

    /// <summary>The collisions of a generated file with the type that it belongs to.</summary>
    /// <returns>Keys of the user's members, and the type's own name where a member would have it.</returns>
    public static EquatableArray<string> Of(string code, TargetShape shape)
    {
        string[] generated = [.. Keys(code, shape.ContainingTypes.Length)];
        string typeName = shape.Name.TrimStart('@');
        IEnumerable<string> ofType = generated.Any(key => MemberKey.NameOf(key) == typeName) ? [typeName] : [];
        return new EquatableArray<string>([
            .. shape.Members.Where(own => generated.Any(key => MemberKey.Collide(own, key))).Concat(ofType)]);
    }

    /// <summary>
    /// A field's type is not looked at, and generated methods have neither references nor type parameters.
    /// </summary>
    private static IEnumerable<string> Keys(string code, int depth)
    {
        TypeDeclarationSyntax type = CSharpSyntaxTree.ParseText(code, s_parse).GetRoot().DescendantNodes()
            .OfType<TypeDeclarationSyntax>().ElementAt(
            depth);
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            switch (member)
            {
                case MethodDeclarationSyntax method:
                    yield return MemberKey.OfMethod(
                        method.Identifier.ValueText, method.ParameterList.Parameters.Select(p => p.Type!.ToString()));
                    break;
                case PropertyDeclarationSyntax property:
                    yield return property.Identifier.ValueText;
                    yield return MemberKey.OfMethod("get_" + property.Identifier.ValueText, []);
                    break;
                case FieldDeclarationSyntax field:
                    yield return field.Declaration.Variables[0].Identifier.ValueText;
                    break;
                case BaseTypeDeclarationSyntax nested:
                    yield return nested.Identifier.ValueText;
                    break;
            }
        }
    }
}
