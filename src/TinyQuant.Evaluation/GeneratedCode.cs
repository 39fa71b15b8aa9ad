using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TinyQuant.Generator;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>Runs the generator over a graph, as the compiler would, and compiles what it wrote.</summary>
internal static class GeneratedCode
{
    internal static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp12);

    internal static CSharpCompilationOptions CompilationOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable);

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(FindReferences);

    // What models are added to, one at a time: what it knows of the references, they need not find out again.
    private static readonly Lazy<CSharpCompilation> s_empty = new(() =>
    {
        var empty = CSharpCompilation.Create("TinyQuant.Evaluation.Generated", [], References, CompilationOptions);
        _ = empty.GetSpecialType(SpecialType.System_Object); // reads the references
        return empty;
    });

    internal static ImmutableArray<MetadataReference> References => s_references.Value;

    /// <summary>The assembly of a graph's generated code and adapter.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="tracesLayers">Whether the code tells what each operator computes.</param>
    /// <exception cref="ModelCompilationException">The generator or the compiler reported an error or a
    /// warning.</exception>
    public static byte[] Compile(Graph graph, bool tracesLayers)
    {
        // What Classify takes is decided by the generator, so ask what it wrote and fit the adapter to it.
        var surface = new AdapterSource.Surface(ClassifiesValues: false, ClassifiesPixels: false, tracesLayers);
        Compilation generated = Generate(graph, AdapterSource.Write(graph, surface), tracesLayers);
        surface = surface with
        {
            ClassifiesValues = HasClassify(generated, SpecialType.System_Single),
            ClassifiesPixels = HasClassify(generated, SpecialType.System_Byte),
        };
        if (surface.ClassifiesValues || surface.ClassifiesPixels)
        {
            SyntaxTree adapter = generated.SyntaxTrees.First();
            generated = generated.ReplaceSyntaxTree(
                adapter, CSharpSyntaxTree.ParseText(AdapterSource.Write(graph, surface), ParseOptions));
        }

        using var stream = new MemoryStream();
        Require(generated.Emit(stream).Diagnostics);
        return stream.ToArray();
    }

    private static Compilation Generate(Graph graph, string adapter, bool tracesLayers)
    {
        CSharpCompilation compilation = s_empty.Value.AddSyntaxTrees(CSharpSyntaxTree.ParseText(adapter, ParseOptions));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()], [new ModelText(ModelWriter.Write(graph))], ParseOptions,
            new BuildProperties(tracesLayers));
        driver.RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation generated, out ImmutableArray<Diagnostic> diagnostics);
        Require(diagnostics);
        return generated;
    }

    private static bool HasClassify(Compilation compilation, SpecialType element) =>
        compilation.GetTypeByMetadataName("TinyQuant.Evaluation.Generated.CompiledGraph")!
            .GetMembers("Classify").OfType<IMethodSymbol>()
            .Any(m =>
                !m.IsStatic && m.Parameters[0].Type is INamedTypeSymbol { TypeArguments: [{ } type] }
                    && type.SpecialType == element);

    private static void Require(IEnumerable<Diagnostic> diagnostics)
    {
        List<Diagnostic> serious = [.. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        if (serious.Count > 0)
        {
            throw MessageLines.Of(message => new ModelCompilationException(message), serious[0].ToString(),
                serious.Take(20).Skip(1).Select(d => d.ToString()));
        }
    }

    /// <summary>What this process itself runs on, and the runtime whose kernels the generated code calls.</summary>
    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string[] own = [typeof(QuantizedModelAttribute).Assembly.Location, typeof(IModelAdapter).Assembly.Location];
        if (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is not string trusted || own.Contains(""))
        {
            throw new ModelCompilationException(
                "The assemblies that a model's code refers to are not files; expected a program that runs on the "
                    + "shared framework, and is neither published as a single file nor with NativeAOT.");
        }

        IEnumerable<string> framework = trusted.Split(Path.PathSeparator).Where(path =>
            Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path) is "netstandard.dll");
        return [.. framework.Concat(own).Distinct(StringComparer.Ordinal)
            .Select(path => MetadataReference.CreateFromFile(path))];
    }

    /// <summary>The model file, as the compiler hands it to a generator.</summary>
    private sealed class ModelText(string text) : AdditionalText
    {
        public override string Path => AdapterSource.ModelFileName;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(text, System.Text.Encoding.UTF8);
    }
}
