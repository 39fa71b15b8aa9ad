namespace TinyQuant.CodeFixes;

/// <summary>TQ017: takes <c>readonly</c> from the field; not in a readonly struct, whose fields are all so.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReadonlyFieldFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["TQ017"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        FieldDeclarationSyntax? field = root?.FindNode(context.Span).FirstAncestorOrSelf<FieldDeclarationSyntax>();
        SyntaxToken modifier = field?.Modifiers.FirstOrDefault(m => m.IsKind(SyntaxKind.ReadOnlyKeyword)) ?? default;
        if (!modifier.IsKind(SyntaxKind.ReadOnlyKeyword)
            || (field!.Parent is TypeDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)))
        {
            return;
        }

        context.RegisterCodeFix(CodeAction.Create("Remove 'readonly'", cancellation =>
        {
            var edits = new SolutionEdits(context.Document.Project.Solution);
            edits.Replace(field.SyntaxTree,
                Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart),
                "");
            return edits.ApplyAsync(cancellation);
        }, nameof(ReadonlyFieldFix)), context.Diagnostics);
    }
}
