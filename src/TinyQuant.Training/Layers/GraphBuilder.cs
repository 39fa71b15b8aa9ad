using System.Collections.Immutable;
using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Export;

/// <summary>Collects the tensors and operators of a float32 graph in the order in which they are added.</summary>
public sealed class GraphBuilder
{
    private readonly ImmutableArray<Tensor>.Builder _tensors = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Operator>.Builder _operators = ImmutableArray.CreateBuilder<Operator>();

    /// <summary>Adds a tensor that the caller or an operator writes.</summary>
    public Tensor Activation(string name, ImmutableArray<int> shape) =>
        Add(new Tensor(name, TensorType.Float32, shape));

    /// <summary>Adds a constant.</summary>
    public Tensor Constant(string name, ImmutableArray<int> shape, ReadOnlySpan<float> values) =>
        Add(new Tensor(name, TensorType.Float32, shape, data: Constants.FromFloats(values)));

    /// <summary>Adds an operator; its tensors are added already.</summary>
    public void Add(Operator op) => _operators.Add(op);

    /// <summary>The graph; tensors in the order of their addition.</summary>
    public Graph Build(Tensor input, Tensor output) => new()
    {
        Tensors = _tensors.ToImmutable(),
        Operators = _operators.ToImmutable(),
        Inputs = [input],
        Outputs = [output],
    };

    private Tensor Add(Tensor tensor)
    {
        if (_tensors.Any(t => t.Name == tensor.Name))
        {
            throw new ArgumentException($"There is a tensor '{tensor.Name}' already.", nameof(tensor));
        }

        _tensors.Add(tensor);
        return tensor;
    }
}
