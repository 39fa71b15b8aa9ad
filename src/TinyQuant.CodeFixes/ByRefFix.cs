namespace TinyQuant.CodeFixes;

/// <summary>
/// TQ016: a parameter by <c>ref</c>, with the calls; a <c>ref</c> local; a property that returns by <c>ref</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ByRefFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["TQ016"];

    /// <summary>None: the calls of two parameters may be one.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken)
            .ConfigureAwait(false);
        SyntaxNode? node = root?.FindNode(context.Span, getInnermostNodeForTie: true);
        Solution solution = context.Document.Project.Solution;
        (string Title, Func<CancellationToken, Task<Solution>> Change)? fix = node switch
        {
            ParameterSyntax parameter when semantics
                .GetDeclaredSymbol(parameter, context.CancellationToken) is { } symbol && RefParameter.Fits(
                symbol) =>
                ($"Pass '{symbol.Name}' by ref",
                    cancellation => RefParameter.ChangeAsync(solution, parameter, symbol, cancellation)),
            PropertyDeclarationSyntax { ExpressionBody: { } body, Parent: ClassDeclarationSyntax } property =>
                ("Return by ref", cancellation => InsertRefs(solution, property.Type, body.Expression, cancellation)),
            ExpressionSyntax value when LocalOf(value) is { } declaration =>
                ("Use a ref local", cancellation => InsertRefs(solution, declaration.Type, value, cancellation)),
            _ => null,
        };
        if (fix is { } found)
        {
            context.RegisterCodeFix(
                CodeAction.Create(found.Title, found.Change, nameof(ByRefFix)), context.Diagnostics);
        }
    }

    /// <summary>The declaration of one local that the value is the initializer of.</summary>
    private static VariableDeclarationSyntax? LocalOf(ExpressionSyntax value) =>
        value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: var parent } }
        && parent is VariableDeclarationSyntax { Variables.Count: 1 } declaration
        && declaration.Parent is LocalDeclarationStatementSyntax
            ? declaration
            : null;

    private static Task<Solution> InsertRefs(
        Solution solution, TypeSyntax type, ExpressionSyntax value, CancellationToken cancellation)
    {
        var edits = new SolutionEdits(solution);
        edits.Insert(type.SyntaxTree, type.SpanStart, "ref ");
        edits.Insert(value.SyntaxTree, value.SpanStart, "ref ");
        return edits.ApplyAsync(cancellation);
    }
}
