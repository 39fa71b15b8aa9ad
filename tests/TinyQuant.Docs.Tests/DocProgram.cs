using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TinyQuant.Generator;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>A program of a page, compiled as an application would be, with the models of <c>weights/</c>, and run.</summary>
internal static class DocProgram
{
    // Programs of pages name what they use; the projects of a reader have ImplicitUsings, or not.
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    private static readonly string[] s_referenced = ["System.", "TinyQuant.", "Microsoft.AspNetCore.", "Microsoft.Extensions."];

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => s_referenced.Any(prefix => Path.GetFileName(p).StartsWith(prefix, StringComparison.Ordinal)))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ]);

    private static readonly Lazy<ImmutableArray<AdditionalText>> s_models = new(() =>
        [.. Directory.EnumerateFiles(Repository.File("weights"), "*.tqm").Select(f => new ModelFile(f))]);

    /// <summary>What it writes to the console.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">The compiler or the generator has an error or a warning.</exception>
    public static string Run(string source, string[] arguments)
    {
        var context = new AssemblyLoadContext("page", isCollectible: true);
        TextWriter console = Console.Out;
        var output = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(output);
            MethodInfo main = context.LoadFromStream(Compile(source)).EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [arguments]);
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }
        return output.ToString();
    }

    private static MemoryStream Compile(string source)
    {
        var compilation = CSharpCompilation.Create("Page" + Guid.NewGuid().ToString("N"), [CSharpSyntaxTree.ParseText(source, s_parse)], s_references.Value, s_options);
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], s_models.Value, s_parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out ImmutableArray<Diagnostic> diagnostics);
        var stream = new MemoryStream();
        Assert.DoesNotContain(diagnostics.Concat(whole.Emit(stream).Diagnostics), d => d.Severity >= DiagnosticSeverity.Warning);
        stream.Position = 0;
        return stream;
    }

    private sealed class ModelFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path), Encoding.UTF8);
    }
}
