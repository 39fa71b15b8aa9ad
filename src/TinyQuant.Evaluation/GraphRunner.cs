using System.Runtime.InteropServices;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Evaluation;

/// <summary>Shows what is inside a float32 graph: compiles a copy of it in which every activation is an output.</summary>
public sealed class GraphRunner : IGraphRunner, IDisposable
{
    private readonly CompiledModel _model;
    private readonly byte[][] _outputs;

    /// <summary>Compiles the copy.</summary>
    /// <param name="graph">All float32, with one input.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    public GraphRunner(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _model = CompiledModel.Compile(graph with { Outputs = [.. graph.Operators.SelectMany(o => o.Outputs)], Labels = [] });
        _outputs = [.. _model.Graph.Outputs.Select(t => new byte[t.ByteLength])];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has the wrong length.</exception>
    public IReadOnlyDictionary<string, float[]> Run(float[] input)
    {
        _model.Run([MemoryMarshal.AsBytes(input.AsSpan()).ToArray()], _outputs);
        return _model.Graph.Outputs.Select((tensor, i) => (tensor.Name, Values: MemoryMarshal.Cast<byte, float>(_outputs[i]).ToArray()))
            .ToDictionary(t => t.Name, t => t.Values, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
