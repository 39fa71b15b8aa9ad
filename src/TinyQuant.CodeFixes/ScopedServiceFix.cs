using Microsoft.CodeAnalysis.Operations;

namespace TinyQuant.CodeFixes;

/// <summary>TQ020: a model that is registered as a singleton becomes a scoped service, one for each request.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ScopedServiceFix : CodeFixProvider
{
    private const string ModelProperty = "Model"; // as the analyzer names it
    private const string One = "Singleton";
    private const string OnePerScope = "Scoped";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["TQ020"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        CancellationToken cancelled = context.CancellationToken;
        SemanticModel semantics = (await context.Document.GetSemanticModelAsync(cancelled).ConfigureAwait(false))!;
        // What only holds a model may hold more, which one for all is right for.
        bool isModel = context.Diagnostics[0].Properties.TryGetValue(ModelProperty, out string? id) && id is not null;
        if (!isModel
            || root?.FindNode(context.Span, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
            || call.Expression is not MemberAccessExpressionSyntax { Name: { } name }
            || !name.Identifier.ValueText.EndsWith(One, StringComparison.Ordinal)
            || semantics.GetOperation(call, cancelled) is not IInvocationOperation { Arguments: var arguments })
        {
            return;
        }

        IArgumentOperation? instance =
            arguments.FirstOrDefault(a => a.Parameter?.Name is "implementationInstance" or "instance");
        if (instance is not null
            && instance.Syntax is not ArgumentSyntax
            {
                NameColon: null, Expression: BaseObjectCreationExpressionSyntax,
            })
        {
            return; // one that exists already: another for each request is the programmer's to make
        }

        context.RegisterCodeFix(CodeAction.Create("Register one for each request (scoped)", cancellation =>
        {
            var edits = new SolutionEdits(context.Document.Project.Solution);
            string before = name.Identifier.ValueText;
            string after = before.Substring(0, before.Length - One.Length) + OnePerScope;
            edits.Replace(call.SyntaxTree, name.Identifier.Span, after);
            if (instance is not null)
            {
                bool isKeyed = arguments.Any(a => a.Parameter?.Name == "serviceKey");
                edits.Insert(call.SyntaxTree, instance.Syntax.SpanStart, isKeyed ? "(_, _) => " : "_ => ");
            }

            return edits.ApplyAsync(cancellation);
        }, nameof(ScopedServiceFix)), context.Diagnostics);
    }
}
