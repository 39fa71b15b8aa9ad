using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinyQuant.Generator;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// C# of a page, compiled as an application would be that has the packages and the models of <c>weights/</c>; a program
/// is run.
/// </summary>
internal static class DocProgram
{
    // Programs of pages name what they use; the projects of a reader have ImplicitUsings, or not.
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    /// <summary>What it writes to the console.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">The compiler or the generator has an error or a warning.</exception>
    public static string Run(string source, string[] arguments)
    {
        var context = new AssemblyLoadContext("page", isCollectible: true);
        TextWriter console = Console.Out;
        var output = new StringWriter { NewLine = "\n" };
        var stream = new MemoryStream();
        Assert.DoesNotContain(Emit(s_options, stream, source), d => d.Severity >= DiagnosticSeverity.Warning);
        stream.Position = 0;
        try
        {
            Console.SetOut(output);
            MethodInfo main = context.LoadFromStream(stream).EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [arguments]);
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        return output.ToString();
    }

    /// <summary>Compiles a part of a program.</summary>
    /// <param name="source">The part.</param>
    /// <param name="context">What stands around it: the parameters of a method for its variables, or declarations of
    /// types; may be empty.</param>
    /// <exception cref="Xunit.Sdk.XunitException">The compiler has an error, or the generator an error or a
    /// warning.</exception>
    public static void Compile(string source, string context)
    {
        bool declares = context.EndsWith('}');
        string[] sources = [PackageReferences.Usings,
            declares || context.Length == 0 ? source : InMethod(source, context), declares ? context : ""];
        bool hasStatements = CSharpSyntaxTree.ParseText(sources[1], s_parse).GetCompilationUnitRoot().Members.Any(m =>
            m is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax);
        CSharpCompilationOptions options = s_options.WithOutputKind(
            hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);
        Assert.DoesNotContain(
            Emit(options, Stream.Null, sources),
            d =>
                d.Severity >= DiagnosticSeverity.Error
                    || (d.Severity >= DiagnosticSeverity.Warning && d.Id.StartsWith("TQ", StringComparison.Ordinal)));
    }

    private static string InMethod(string source, string parameters)
    {
        string kind = source.Contains("await ", StringComparison.Ordinal)
            ? "async System.Threading.Tasks.Task"
            : "void";
        return $"internal static class PageFragment {{ internal static {kind} Run({parameters}) {{\n{source}\n}} }}";
    }

    private static IEnumerable<Diagnostic> Emit(
        CSharpCompilationOptions options, Stream stream, params string[] sources)
    {
        var compilation = CSharpCompilation.Create(
            "Page" + Guid.NewGuid().ToString("N"), sources.Select(s => CSharpSyntaxTree.ParseText(s, s_parse)),
            PackageReferences.All, options);
        CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()], DocModels.Files, s_parse, DocModels.Options)
            .RunGeneratorsAndUpdateCompilation(
                compilation, out Compilation whole, out ImmutableArray<Diagnostic> diagnostics);
        return diagnostics.Concat(whole.Emit(stream).Diagnostics);
    }
}
