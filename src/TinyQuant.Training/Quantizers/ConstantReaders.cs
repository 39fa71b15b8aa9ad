using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Who reads the constants of a graph: one that several read, or that the model gives, may not change for one of them.
/// </summary>
internal sealed class ConstantReaders
{
    private readonly Dictionary<Tensor, int> _readers = [];

    public ConstantReaders(Graph graph)
    {
        foreach (Tensor tensor in graph.Operators.SelectMany(o => o.Inputs).Concat(graph.Outputs))
        {
            _readers[tensor] = _readers.GetValueOrDefault(tensor) + 1;
        }
    }

    /// <summary>Whether it is a constant that one operator reads, once, and nobody else.</summary>
    public bool IsOwn(Tensor tensor) => tensor.IsConstant && _readers.GetValueOrDefault(tensor) == 1;

    /// <summary>Whether an operator's weights and bias are its own.</summary>
    public bool AreOwn(WeightedOperator op) => IsOwn(op.Weights) && (op.Bias is null || IsOwn(op.Bias));
}
