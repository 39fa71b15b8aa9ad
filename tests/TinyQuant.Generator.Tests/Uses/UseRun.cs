using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TinyQuant.Generator.Tests.Uses;

/// <summary>A program that uses the model <c>Tiny</c>, looked at by the analyzer and changed by code fixes.</summary>
internal static class UseRun
{
    private const string File = "Program.cs";

    /// <summary>What the analyzer says, as <c>ID (line,column) source: message</c>, in order.</summary>
    /// <param name="program">The program.</param>
    /// <param name="references">What it refers to besides the framework.</param>
    public static async Task<IReadOnlyList<string>> DiagnosticsAsync(
        string program, params ImmutableArray<MetadataReference> references)
    {
        Compilation compilation = Compile(program, references);
        Assert.DoesNotContain(compilation.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        return [.. (await AnalyzeAsync(compilation)).Select(Format)];
    }

    /// <summary>The program after a code fix of the first diagnostic; it compiles.</summary>
    /// <param name="program">The program.</param>
    /// <param name="fix">Makes the change.</param>
    /// <param name="title">What the change is called.</param>
    /// <param name="references">What the program refers to besides the framework.</param>
    public static async Task<string> FixAsync(
        string program, CodeFixProvider fix, string title, params ImmutableArray<MetadataReference> references)
    {
        using var workspace = new AdhocWorkspace();
        (Project project, Diagnostic diagnostic) = await OpenAsync(workspace, program, references);
        Document document = project.Documents.Single(d => d.Name == File);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        CodeAction chosen = Assert.Single(actions, action => action.Title == title);
        var change = (ApplyChangesOperation)Assert.Single(await chosen.GetOperationsAsync(CancellationToken.None));
        string changed = (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        Assert.DoesNotContain(
            Compile(changed, references).GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        return changed;
    }

    /// <summary>Whether a fix offers nothing for the first diagnostic.</summary>
    public static async Task<bool> OffersNothingAsync(
        string program, CodeFixProvider fix, params ImmutableArray<MetadataReference> references)
    {
        using var workspace = new AdhocWorkspace();
        (Project project, Diagnostic diagnostic) = await OpenAsync(workspace, program, references);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(
            project.Documents.Single(d => d.Name == File), diagnostic, (action, _) => actions.Add(action),
            CancellationToken.None));
        return actions.Count == 0;
    }

    private static async Task<(Project Project, Diagnostic Diagnostic)> OpenAsync(
        AdhocWorkspace workspace, string program, ImmutableArray<MetadataReference> references)
    {
        Compilation compilation = Compile(program, references);
        Project project = workspace.AddProject("App", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options).WithParseOptions(compilation.SyntaxTrees.First().Options)
            .WithMetadataReferences(compilation.References);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            // What is generated is no document of a project, but this workspace has no generators: a name tells it.
            project = project.AddDocument(
                tree.FilePath == File ? File : tree.FilePath + ".g.cs", await tree.GetTextAsync()).Project;
        }

        Diagnostic first = (await AnalyzeAsync((await project.GetCompilationAsync())!))[0];
        return (project, first);
    }

    private static Compilation Compile(string program, ImmutableArray<MetadataReference> references)
    {
        GeneratorRun run = GeneratorRun.Of(program, ("/app/tiny.tqm", Samples.Int8));
        Assert.Empty(run.Diagnostics);
        return references.IsDefaultOrEmpty ? run.Compiled : run.Compiled.AddReferences(references);
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        ImmutableArray<Diagnostic> all = await compilation.WithAnalyzers([
            new ModelUseAnalyzer(), new SharedModelAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. all.OrderBy(d => d.Location.SourceSpan.Start)];
    }

    private static string Format(Diagnostic diagnostic)
    {
        LinePosition start = diagnostic.Location.GetLineSpan().StartLinePosition;
        string source = diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
        return FormattableString.Invariant(
            $"{diagnostic.Id} ({start.Line + 1},{start.Character + 1}) {source}: ")
                + FormattableString.Invariant($"{diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }
}
