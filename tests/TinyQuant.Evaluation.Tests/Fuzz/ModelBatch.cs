using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TinyQuant.Generator;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>
/// Many models generated and compiled at once, which takes far less time than one by one, and run with codes of any
/// kind.
/// </summary>
internal sealed class ModelBatch
{
    /// <summary>Weights that are no numbers are warned of; damage makes such.</summary>
    private const string DamagedWeights = "TQ023";

    /// <summary>Larger ones are compiled and not run: a damaged shape may ask for a gigabyte.</summary>
    private const long MostBytes = 16L << 20;
    private const long MostMacs = 50_000_000;

    private readonly List<(Graph Graph, string Text, string Origin)> _models = [];

    public int Count => _models.Count;

    /// <summary>Adds a model.</summary>
    /// <param name="graph">A valid graph.</param>
    /// <param name="origin">For the message if it fails.</param>
    public void Add(Graph graph, string origin) => _models.Add((graph, ModelWriter.Write(graph), origin));

    /// <summary>Generates all; an error, or a warning of the generator, fails.</summary>
    public Compilation Generate()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "TinyQuant.Evaluation.Tests.Batch." + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(Source(), GeneratedCode.ParseOptions)], GeneratedCode.References,
            GeneratedCode.CompilationOptions);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            [.. _models.Select((m, i) => new BatchText($"m{i}.tqm", m.Text))], GeneratedCode.ParseOptions);
        driver.RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation generated, out ImmutableArray<Diagnostic> diagnostics);
        Require(diagnostics);
        return generated;
    }

    /// <summary>Generates and compiles all.</summary>
    public void Compile() => Emit(Stream.Null);

    private void Emit(Stream stream) => Require(Generate().Emit(stream).Diagnostics);

    /// <summary>Generates, compiles and runs all.</summary>
    public void Run()
    {
        using var stream = new MemoryStream();
        Emit(stream);
        stream.Position = 0;
        var context = new AssemblyLoadContext("batch", isCollectible: true);
        try
        {
            Type runner = context.LoadFromStream(stream).GetType("Runner", throwOnError: true)!;
            for (int i = 0; i < _models.Count; i++)
            {
                if (IsSmall(_models[i].Graph))
                {
                    Run(runner, i);
                }
            }
        }
        finally
        {
            context.Unload();
        }
    }

    private void Run(Type runner, int index)
    {
        try
        {
            runner.GetMethod("R" + index.ToString(CultureInfo.InvariantCulture))!.Invoke(null, null);
        }
        catch (TargetInvocationException e)
        {
            Assert.Fail($"{_models[index].Origin}: {e.InnerException}");
        }
    }

    private void Require(IEnumerable<Diagnostic> diagnostics)
    {
        if (diagnostics.FirstOrDefault(
            d => d.Severity >= DiagnosticSeverity.Warning && d.Id != DamagedWeights) is { } serious)
        {
            string path = serious.Location.SourceTree?.FilePath ?? serious.Location.GetLineSpan().Path ?? "";
            string origins = string.Join("; ",
                _models.Where((_, i) => path.Contains($"m{i}.", StringComparison.OrdinalIgnoreCase))
                    .Select(m => m.Origin));
            Assert.Fail($"{serious} ({origins})");
        }
    }

    private static bool IsSmall(Graph graph) =>
        graph.Macs <= MostMacs && graph.Tensors.Sum(t => (long)t.ByteLength) <= MostBytes;

    private string Source()
    {
        var source = new StringBuilder("#nullable enable\n");
        var runner = new StringBuilder("public static class Runner\n{\n");
        for (int i = 0; i < _models.Count; i++)
        {
            Graph graph = _models[i].Graph;
            string spans = string.Join(", ",
                graph.Inputs.Select(t => $"Values.Of<{t.Type.ToCSharp()}>({t.ElementCount})")
                .Concat(graph.Outputs.Select(t => $"new {t.Type.ToCSharp()}[{t.ElementCount}]")));
            source.Append(CultureInfo.InvariantCulture,
                $"[TinyQuant.QuantizedModel(\"m{i}.tqm\")] public sealed partial class M{i};\n");
            runner.Append(CultureInfo.InvariantCulture, $"    public static void R{i}() => new M{i}().Run({spans});\n");
        }

        return source.Append(runner).Append("}\n").Append("""
            public static class Values
            {
                public static T[] Of<T>(int count) where T : unmanaged
                {
                    var values = new T[count];
                    new System.Random(count).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(System.MemoryExtensions.AsSpan(values)));
                    return values;
                }
            }
            """).ToString();
    }

    private sealed class BatchText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(text, Encoding.UTF8);
    }
}
