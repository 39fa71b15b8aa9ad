using System.Collections.Immutable;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TinyQuant.Generator;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>Models generated and compiled at once, which takes far less time than one by one.</summary>
internal sealed class CompiledBatch : IDisposable
{
    private readonly AssemblyLoadContext _context = new("batch", isCollectible: true);
    private readonly (Action<byte[][], byte[][]> Run, Action Reset)[] _models;

    /// <summary>Generates and compiles; an error or a warning fails.</summary>
    public CompiledBatch(IReadOnlyList<Graph> graphs)
    {
        string source = Source(graphs);
        string[] models = [.. graphs.Select(ModelWriter.Write)];
        using var stream = new MemoryStream(CompiledOnce.Assembly(
            string.Join('\0', models.Prepend(source)), () => Compile(graphs, source, models)));
        Type type = _context.LoadFromStream(stream).GetType("Batch", throwOnError: true)!;
        _models = ((Action<byte[][], byte[][]>[])type.GetMethod("Runs")!.Invoke(null, null)!)
            .Zip((Action[])type.GetMethod("Resets")!.Invoke(null, null)!).ToArray();
        Types = [.. graphs.Select((_, i) => type.Assembly.GetType(Invariant($"M{i}"), throwOnError: true)!)];
        ArenaBytes = [.. (int[])type.GetMethod("Arenas")!.Invoke(null, null)!];
    }

    /// <summary>The generated type of each model.</summary>
    public ImmutableArray<Type> Types { get; }

    /// <summary>The bytes of each model's arena.</summary>
    public ImmutableArray<int> ArenaBytes { get; }

    private static byte[] Compile(IReadOnlyList<Graph> graphs, string source, string[] models)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "TinyQuant.Evaluation.Tests.Batch." + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(source, GeneratedCode.ParseOptions)],
            GeneratedCode.References, GeneratedCode.CompilationOptions);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            models.Select((text, i) => new BatchText(File(i), text)), GeneratedCode.ParseOptions);
        driver.RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation generated, out ImmutableArray<Diagnostic> diagnostics);
        Require(diagnostics, graphs);
        using var stream = new MemoryStream();
        Require(generated.Emit(stream).Diagnostics, graphs);
        return stream.ToArray();
    }

    /// <summary>Runs a model over raw tensors, in the order of its inputs and outputs.</summary>
    public void Run(int model, byte[][] inputs, byte[][] outputs) => _models[model].Run(inputs, outputs);

    /// <summary>Sets the state of a model to real 0, if it has one.</summary>
    public void Reset(int model) => _models[model].Reset();

    public void Dispose() => _context.Unload();

    private static void Require(IEnumerable<Diagnostic> diagnostics, IReadOnlyList<Graph> graphs)
    {
        if (diagnostics.FirstOrDefault(d => d.Severity >= DiagnosticSeverity.Warning) is { } serious)
        {
            string path = serious.Location.SourceTree?.FilePath ?? serious.Location.GetLineSpan().Path ?? "";
            IEnumerable<Graph> named = graphs.Where((_, i) =>
                path.Contains(File(i), StringComparison.OrdinalIgnoreCase));
            Assert.Fail($"{serious} ({string.Join("; ", named.Select(g => g.Name))})");
        }
    }

    private static string Source(IReadOnlyList<Graph> graphs)
    {
        var types = new StringBuilder("#nullable enable\nusing System;\nusing System.Runtime.InteropServices;\n");
        var runs = new StringBuilder("    public static Action<byte[][], byte[][]>[] Runs() =>\n    [\n");
        var resets = new StringBuilder("    public static Action[] Resets() =>\n    [\n");
        var arenas = new StringBuilder("    public static int[] Arenas() =>\n    [\n");
        for (int i = 0; i < graphs.Count; i++)
        {
            Graph graph = graphs[i];
            string spans = string.Join(", ", Spans("input", graph.Inputs).Concat(Spans("output", graph.Outputs)));
            string type = Invariant($"M{i}");
            string reset = graph.States.Any() ? $"{type}.Instance.Reset()" : "{ }";
            types.Append(Invariant($"[TinyQuant.QuantizedModel(\"{File(i)}\")] public sealed partial class {type} "))
                .Append(Invariant($"{{ internal static readonly {type} Instance = new(); }}\n"));
            runs.Append(Invariant($"        (input, output) => {type}.Instance.Run({spans}),\n"));
            resets.Append(Invariant($"        () => {reset},\n"));
            arenas.Append(Invariant($"        {type}.ArenaBytes,\n"));
        }

        return types.Append("public static class Batch\n{\n")
            .Append(runs).Append("    ];\n").Append(resets).Append("    ];\n").Append(arenas).Append("    ];\n}\n")
            .ToString();
    }

    private static IEnumerable<string> Spans(string from, IEnumerable<Tensor> tensors) => tensors.Select((tensor, i) =>
        Invariant($"MemoryMarshal.Cast<byte, {tensor.Type.ToCSharp()}>({from}[{i}].AsSpan())"));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string File(int model) => Invariant($"m{model}.tqm");

    private sealed class BatchText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(text, Encoding.UTF8);
    }
}
