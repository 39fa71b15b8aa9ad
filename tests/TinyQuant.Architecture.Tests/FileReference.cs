using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TinyQuant.Architecture.Tests;

/// <summary>A file of a project uses what another one declares.</summary>
/// <param name="From">The file that uses.</param>
/// <param name="To">The file that declares.</param>
/// <param name="Symbol">A type or member that is used; the first one in the alphabet.</param>
internal sealed record FileReference(string From, string To, string Symbol)
{
    /// <summary>All of a project, one for each pair of files.</summary>
    public static IReadOnlyList<FileReference> Of(SourceProject project) =>
    [
        .. project.OwnTrees.AsParallel().SelectMany(tree => Of(project, tree))
            .GroupBy(r => (r.From, r.To)).Select(g => g.MinBy(r => r.Symbol, StringComparer.Ordinal)!)
            .OrderBy(r => r.From, StringComparer.Ordinal).ThenBy(r => r.To, StringComparer.Ordinal),
    ];

    private static List<FileReference> Of(SourceProject project, SyntaxTree tree)
    {
        SemanticModel model = project.Compilation.GetSemanticModel(tree);
        var found = new List<FileReference>();
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            if (node is SimpleNameSyntax or ConstructorInitializerSyntax or ImplicitObjectCreationExpressionSyntax
                && SymbolOf(model, node) is { } symbol && FileOf(project, symbol, tree.FilePath) is { } file)
            {
                found.Add(new FileReference(tree.FilePath, file, symbol.Name));
            }
        }

        return found;
    }

    private static ISymbol? SymbolOf(SemanticModel model, SyntaxNode node)
    {
        SymbolInfo info = model.GetSymbolInfo(node);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol is null or INamespaceSymbol
            ? null
            : (symbol as IMethodSymbol)?.ReducedFrom ?? symbol.OriginalDefinition;
    }

    /// <summary>
    /// Where a symbol is declared, if that is another file of the project. A type in several files is used where its
    /// members are; naming it uses the file that bears its name.
    /// </summary>
    private static string? FileOf(SourceProject project, ISymbol symbol, string user)
    {
        List<string> files = [
            .. symbol.DeclaringSyntaxReferences.Select(r => r.SyntaxTree.FilePath).Where(project.IsOwn)
            .Order(StringComparer.Ordinal)];
        return files.Contains(user)
            ? null
            : files.Find(f => Path.GetFileNameWithoutExtension(f) == symbol.Name) ?? files.FirstOrDefault();
    }
}
