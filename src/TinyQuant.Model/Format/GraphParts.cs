using System.Collections.Immutable;

namespace TinyQuant.Model.Format;

/// <summary>What statements have said so far of the model, or of one of its subgraphs.</summary>
/// <param name="name">The subgraph's name; null for the model.</param>
internal sealed class GraphParts(string? name)
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Tensor>.Builder _order = ImmutableArray.CreateBuilder<Tensor>();

    /// <summary>The subgraph's name; null for the model.</summary>
    public string? Name { get; } = name;

    public ImmutableArray<Tensor>.Builder Inputs { get; } = ImmutableArray.CreateBuilder<Tensor>();

    public ImmutableArray<Tensor>.Builder Outputs { get; } = ImmutableArray.CreateBuilder<Tensor>();

    public ImmutableArray<Operator>.Builder Operators { get; } = ImmutableArray.CreateBuilder<Operator>();

    /// <summary>Adds a tensor; false where there is one of that name.</summary>
    public bool TryAdd(Tensor tensor)
    {
        if (_tensors.ContainsKey(tensor.Name))
        {
            return false;
        }

        _tensors.Add(tensor.Name, tensor);
        _order.Add(tensor);
        return true;
    }

    /// <summary>A tensor whose own statement has an error: what names it has none of its own.</summary>
    public void AddBroken(string name) => _broken.Add(name);

    public bool IsBroken(string name) => _broken.Contains(name);

    public Tensor? Find(string name) => _tensors.TryGetValue(name, out Tensor? tensor) ? tensor : null;

    public Graph ToGraph(string name) => new()
    {
        Name = name,
        Tensors = _order.ToImmutable(),
        Inputs = Inputs.ToImmutable(),
        Outputs = Outputs.ToImmutable(),
        Operators = Operators.ToImmutable(),
    };
}
