using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;

namespace TinyQuant.CodeFixes;

/// <summary>Makes a parameter <c>ref</c>, at its declaration and at every call.</summary>
internal static class RefParameter
{
    /// <summary>Whether the declaration stands for itself: no other method must have the same parameters.</summary>
    public static bool Fits(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { IsVirtual: false, IsOverride: false, IsAbstract: false } method
        && !method.IsExtensionMethod
        && method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor or MethodKind.LocalFunction
        && method.ContainingType.AllInterfaces.SelectMany(i => i.GetMembers())
            .All(member =>
                !SymbolEqualityComparer.Default.Equals(
                    method.ContainingType.FindImplementationForInterfaceMember(member), method));

    public static async Task<Solution> ChangeAsync(
        Solution solution, ParameterSyntax declaration, IParameterSymbol parameter, CancellationToken cancellation)
    {
        var edits = new SolutionEdits(solution);
        SyntaxToken by = declaration.Modifiers.FirstOrDefault(m =>
            m.IsKind(SyntaxKind.InKeyword) || m.IsKind(SyntaxKind.RefKeyword));
        TextSpan place = by.IsKind(SyntaxKind.None)
            ? new TextSpan(declaration.Type!.SpanStart, 0)
            : TextSpan.FromBounds(by.SpanStart, declaration.Type!.SpanStart);
        edits.Replace(declaration.SyntaxTree, place, "ref ");
        foreach (ReferencedSymbol referenced in await SymbolFinder.FindReferencesAsync(
            parameter.ContainingSymbol, solution, cancellation).ConfigureAwait(
            false))
        {
            foreach (ReferenceLocation location in referenced.Locations)
            {
                SyntaxNode root = (await location.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
                if (ArgumentAt(root.FindNode(location.Location.SourceSpan), parameter) is { } argument)
                {
                    edits.Replace(argument.SyntaxTree, TextSpan.FromBounds(
                        argument.RefKindKeyword.IsKind(SyntaxKind.None)
                            ? argument.Expression.SpanStart
                            : argument.RefKindKeyword.SpanStart,
                        argument.Expression.SpanStart), "ref ");
                }
            }
        }

        return await edits.ApplyAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The argument for the parameter in the call that names the method there.</summary>
    private static ArgumentSyntax? ArgumentAt(SyntaxNode name, IParameterSymbol parameter)
    {
        SyntaxNode? call = name.FirstAncestorOrSelf<SyntaxNode>(node =>
            node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
        SeparatedSyntaxList<ArgumentSyntax> arguments = call switch
        {
            InvocationExpressionSyntax invocation when invocation.Expression.Span.Contains(name.Span) =>
                invocation.ArgumentList.Arguments,
            BaseObjectCreationExpressionSyntax { ArgumentList: { } list } => list.Arguments,
            _ => default,
        };
        return arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name)
            ?? (parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null
                ? arguments[parameter.Ordinal]
                : null);
    }
}
