using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>Makes a network of a file: functions are in the place of what calls them, and all nodes in order.</summary>
internal sealed class NetworkBuilder
{
    private const int ShownNames = 20;

    private readonly OnnxModel _model;
    private readonly ErrorCollection _errors;
    private readonly Scope _scope;

    private NetworkBuilder(OnnxModel model, ErrorCollection errors)
    {
        _model = model;
        _errors = errors;
        _scope = new Scope { Versions = model.Versions };
    }

    /// <summary>The network; null where the file makes no sense, which is told.</summary>
    /// <param name="model">The file.</param>
    /// <param name="outputs">The values that are its outputs; empty for those of the file.</param>
    /// <param name="errors">What is wrong.</param>
    /// <exception cref="MalformedFileException">It has too many parts.</exception>
    public static Network? Build(OnnxModel model, ImmutableArray<string> outputs, ErrorCollection errors) =>
        new NetworkBuilder(model, errors).Build(outputs);

    private Network? Build(ImmutableArray<string> outputs)
    {
        var network = new Network { Name = _model.Graph.Name };
        network.Notes.Add(
            _model.Producer.Length == 0 ? "imported from ONNX" : $"imported from ONNX ({_model.Producer})");
        var placer = new GraphPlacer(network, _model.Functions, _errors);
        network.Placer = placer;
        placer.AddConstants(_model.Graph.Initializers, _scope);
        AddInputs(network);
        placer.AddNodes(_model.Graph.Nodes, _scope, ImmutableDictionary<string, Value>.Empty, null);
        AddOutputs(network, outputs);
        if (!_errors.IsEmpty || !TopologicalOrder.Sort(network, _errors))
        {
            return null;
        }

        DeadNodes.Remove(network);
        return network;
    }

    private void AddInputs(Network network)
    {
        // In files of the first versions, constants are inputs as well, which a caller might have replaced.
        foreach (OnnxValueInfo input in _model.Graph.Inputs.Where(i => _scope.Find(i.Name) is not { IsConstant: true }))
        {
            Value value = network.NewValue(input.Name);
            if (!_scope.TryAdd(input.Name, value))
            {
                _errors.Add($"two inputs have the name '{Places.Shown(input.Name)}'");
            }

            network.AddInput(value);
        }
    }

    private void AddOutputs(Network network, ImmutableArray<string> outputs)
    {
        foreach (string name in outputs.IsDefaultOrEmpty ? _model.Graph.Outputs.Select(o => o.Name) : outputs)
        {
            if (_scope.Find(name) is { } value)
            {
                network.AddOutput(name, value);
            }
            else if (outputs.IsDefaultOrEmpty)
            {
                _errors.Add($"its output '{Places.Shown(name)}' is written by nothing");
            }
            else
            {
                _errors.Add($"it has no value '{Places.Shown(name)}', which is asked for as an output; expected names "
                    + $"of the file, whose outputs are {Listed(_model.Graph.Outputs.Select(o => o.Name))}");
            }
        }

        if (network.Outputs.Count == 0 && _errors.IsEmpty)
        {
            _errors.Add("it has no output; expected one at least");
        }
    }

    private static string Listed(IEnumerable<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(n => $"'{Places.Shown(n)}'"));
}
