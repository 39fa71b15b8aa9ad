using Microsoft.CodeAnalysis.FindSymbols;

namespace TinyQuant.CodeFixes;

/// <summary>
/// TQ010, TQ011 and TQ014 to TQ016: the model as a class, whose one arena is allocated when it is made. Variables that
/// were made of zeros become <c>new()</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ModelClassFix : CodeFixProvider
{
    private const string ModelProperty = "Model";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [
        "TQ010", "TQ011", "TQ014", "TQ015", "TQ016"];

    /// <summary>None: one is enough for a model.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SemanticModel semantics = (await context.Document.GetSemanticModelAsync(context.CancellationToken)
            .ConfigureAwait(false))!;
        Solution solution = context.Document.Project.Solution;
        if (ModelOf(context, semantics) is { TypeKind: TypeKind.Struct } model && Declarations(model, solution).Any())
        {
            context.RegisterCodeFix(CodeAction.Create(
                $"Make '{model.Name}' a class", cancellation => ChangeAsync(solution, model, cancellation),
                nameof(ModelClassFix)), context.Diagnostics);
        }
    }

    /// <summary>The type that the diagnostic names, or under whose attribute it stands.</summary>
    private static INamedTypeSymbol? ModelOf(CodeFixContext context, SemanticModel semantics)
    {
        if (context.Diagnostics[0].Properties.TryGetValue(ModelProperty, out string? id) && id is not null)
        {
            return DocumentationCommentId.GetFirstSymbolForDeclarationId(id, semantics.Compilation) as INamedTypeSymbol;
        }

        TypeDeclarationSyntax? type = semantics.SyntaxTree.GetRoot(context.CancellationToken).FindNode(context.Span)
            .FirstAncestorOrSelf<TypeDeclarationSyntax>();
        return type is null ? null : semantics.GetDeclaredSymbol(type, context.CancellationToken);
    }

    private static IEnumerable<StructDeclarationSyntax> Declarations(INamedTypeSymbol model, Solution solution) =>
        from reference in model.DeclaringSyntaxReferences
        where solution.GetDocument(reference.SyntaxTree) is { } and not SourceGeneratedDocument
        select reference.GetSyntax() as StructDeclarationSyntax;

    private static async Task<Solution> ChangeAsync(
        Solution solution, INamedTypeSymbol model, CancellationToken cancellation)
    {
        var edits = new SolutionEdits(solution);
        foreach (StructDeclarationSyntax declaration in Declarations(model, solution))
        {
            edits.Replace(declaration.SyntaxTree, declaration.Keyword.Span, "class");
        }

        foreach (ReferencedSymbol referenced in await SymbolFinder.FindReferencesAsync(model, solution, cancellation)
            .ConfigureAwait(false))
        {
            foreach (ReferenceLocation location in referenced.Locations)
            {
                SyntaxNode root = (await location.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
                Make(edits, root.FindNode(location.Location.SourceSpan));
            }
        }

        return await edits.ApplyAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Where a type stands for a value of zeros, an instance.</summary>
    private static void Make(SolutionEdits edits, SyntaxNode name)
    {
        SyntaxNode type = name.Parent is QualifiedNameSyntax or NullableTypeSyntax ? name.Parent : name;
        if (type.Parent is DefaultExpressionSyntax zeros)
        {
            edits.Replace(type.SyntaxTree, zeros.Span, $"new {type}()");
        }
        else if (type.Parent is VariableDeclarationSyntax declaration && declaration.Type == type)
        {
            foreach (VariableDeclaratorSyntax variable in declaration.Variables)
            {
                if (variable.Initializer is null)
                {
                    edits.Insert(type.SyntaxTree, variable.Span.End, " = new()");
                }
                else if (variable.Initializer.Value.IsKind(SyntaxKind.DefaultLiteralExpression))
                {
                    edits.Replace(type.SyntaxTree, variable.Initializer.Value.Span, "new()");
                }
            }
        }
    }
}
