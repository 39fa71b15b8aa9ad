using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>
/// Shows what is inside a graph, in real numbers: compiles a copy of it in which every activation is an output.
/// </summary>
public sealed class GraphRunner : IGraphRunner, IDisposable
{
    private readonly CompiledModel _model;
    private readonly byte[][] _outputs;

    /// <summary>Compiles the copy.</summary>
    /// <param name="graph">Activations in float32 or int8, with one input.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    public GraphRunner(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _model = CompiledModel.Compile(
            graph with { Outputs = [.. graph.Operators.SelectMany(o => o.Outputs)], Labels = [] });
        _outputs = [.. _model.Graph.Outputs.Select(t => new byte[t.ByteLength])];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has the wrong length.</exception>
    public IReadOnlyDictionary<string, float[]> Run(float[] input)
    {
        _model.Run([RealOutputs.Encode(input, _model.Graph.Inputs[0])], _outputs);
        return _model.Graph.Outputs.Select((tensor, i) =>
            (tensor.Name, Values: RealOutputs.Decode(_outputs[i], tensor)))
            .ToDictionary(t => t.Name, t => t.Values, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
