using System.Runtime.Loader;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>
/// A model's generated code, compiled in memory: the same code that an app gets from the compiler, run here. One
/// thread at a time; create another for another thread.
/// </summary>
public sealed class CompiledModel : IDisposable
{
    private readonly AssemblyLoadContext _context;
    private readonly IModelAdapter _adapter;

    private CompiledModel(Graph graph, AssemblyLoadContext context, IModelAdapter adapter)
    {
        Graph = graph;
        _context = context;
        _adapter = adapter;
    }

    /// <summary>The graph that the code was generated from.</summary>
    public Graph Graph { get; }

    /// <summary>Bytes of memory that a run needs besides input and output.</summary>
    public int ArenaBytes => _adapter.ArenaBytes;

    /// <summary>Of these, what kernels need besides tensors.</summary>
    public int ScratchBytes => _adapter.ScratchBytes;

    /// <summary>What an instance holds: enough to run and to classify.</summary>
    public int InstanceBytes => _adapter.InstanceBytes;

    /// <summary>Bytes of all constants of the program.</summary>
    public int BakedBytes => _adapter.BakedBytes;

    /// <summary>Whether it has one input and one output vector, so that it gives a class.</summary>
    public bool Classifies => _adapter.Classifies;

    /// <summary>Whether bytes from 0 to 255 are exactly codes of its input.</summary>
    public bool ClassifiesPixels => _adapter.ClassifiesPixels;

    /// <summary>Generates, compiles and loads.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="tracesLayers">Whether the code tells what each operator computes: the same kernels, and a hook
    /// after each.</param>
    /// <exception cref="ModelCompilationException">The generator or the compiler reported an error or a
    /// warning.</exception>
    /// <exception cref="ArgumentException">The graph is not valid.</exception>
    public static CompiledModel Compile(Graph graph, bool tracesLayers = false)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Load(graph, GeneratedCode.Compile(graph, tracesLayers));
    }

    /// <summary>Loads what <see cref="GeneratedCode.Compile"/> made of a graph.</summary>
    internal static CompiledModel Load(Graph graph, byte[] assembly)
    {
        var context = new AssemblyLoadContext("model " + graph.Name, isCollectible: true);
        using var stream = new MemoryStream(assembly);
        Type type = context.LoadFromStream(stream).GetType(AdapterSource.AdapterType, throwOnError: true)!;
        return new CompiledModel(graph, context, (IModelAdapter)Activator.CreateInstance(type)!);
    }

    /// <summary>
    /// Runs the model over raw little-endian tensors, in the order of the graph's inputs and outputs.
    /// </summary>
    /// <returns>Whether there are outputs: false where the model only took the inputs into its state.</returns>
    /// <exception cref="ArgumentException">A tensor is missing or has the wrong length.</exception>
    public bool Run(IReadOnlyList<byte[]> inputs, IReadOnlyList<byte[]> outputs)
    {
        Require(inputs, Graph.Inputs, nameof(inputs));
        Require(outputs, Graph.Outputs, nameof(outputs));
        return _adapter.Run(inputs, outputs);
    }

    /// <summary>Sets the state of a model that has one to real 0, as before its first run.</summary>
    public void Reset() => _adapter.Reset();

    /// <summary>
    /// Runs the model and returns what each operator computed: operator index, output index, bytes, in order.
    /// </summary>
    /// <exception cref="NotSupportedException">The model was not compiled to trace its layers.</exception>
    public IReadOnlyList<(int Operator, int Output, byte[] Bytes)> Trace(
        IReadOnlyList<byte[]> inputs, IReadOnlyList<byte[]> outputs)
    {
        var layers = new List<(int, int, byte[])>();
        _adapter.TraceLayers((index, output, bytes) => layers.Add((index, output, bytes)));
        try
        {
            Run(inputs, outputs);
        }
        finally
        {
            _adapter.TraceLayers(null);
        }

        return layers;
    }

    /// <summary>
    /// From now on each operator of a run is told when it is done, and -1 before the first; null ends it.
    /// </summary>
    /// <exception cref="NotSupportedException">The model was not compiled to trace its layers.</exception>
    public void WatchLayers(Action<int>? done) => _adapter.WatchLayers(done);

    /// <summary>The class of an input in real numbers.</summary>
    /// <exception cref="NotSupportedException">The model has no single output vector.</exception>
    public int Classify(ReadOnlySpan<float> values) => _adapter.Classify(values);

    /// <summary>The class of an input of bytes from 0 to 255.</summary>
    /// <exception cref="NotSupportedException">A byte is not exactly a code of the model's input.</exception>
    public int Classify(ReadOnlySpan<byte> pixels) => _adapter.Classify(pixels);

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();

    private static void Require(IReadOnlyList<byte[]> spans, IReadOnlyList<Tensor> tensors, string name)
    {
        ArgumentNullException.ThrowIfNull(spans, name);
        if (spans.Count != tensors.Count)
        {
            throw new ArgumentException($"There are {spans.Count} tensors; the model has {tensors.Count}.", name);
        }

        for (int i = 0; i < tensors.Count; i++)
        {
            if (spans[i].Length != tensors[i].ByteLength)
            {
                throw new ArgumentException(
                    Invariant($"'{tensors[i].Name}' has {spans[i].Length} bytes; expected {tensors[i].ByteLength}."),
                    name);
            }
        }
    }
}
