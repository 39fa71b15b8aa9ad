using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Detections;
using TinyQuant.Import.Tflite.Legacy;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Tflite.State;
using TinyQuant.Import.Tflite.Weights;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Subgraphs;

/// <summary>
/// The subgraphs that operators run, as graphs: one for each operator that runs it, under a name of its own.
/// </summary>
internal sealed class SubgraphImporter
{
    private readonly FileStates _states;
    private readonly Budget _budget;
    private readonly TfliteMapping _mapping;
    private readonly StateNames _names = new();
    private readonly Stack<int> _open = new();
    private readonly Dictionary<int, int> _uses = [];

    public SubgraphImporter(FileStates states, Budget budget)
    {
        _states = states;
        _budget = budget;
        _mapping = new TfliteMapping(Import);
    }

    /// <summary>What makes a graph of the model, or of a subgraph; its operators may run others.</summary>
    public GraphBuilder Builder(SourceModel model, ErrorCollection errors) =>
        new(model, _mapping, _names, _budget, errors);

    /// <exception cref="UnsupportedException">
    /// Something is wrong with it; or it runs itself, or lies too deep in others.
    /// </exception>
    /// <exception cref="MalformedFileException">There is no such subgraph, or it is damaged.</exception>
    private Graph Import(TfliteOperator op, int index)
    {
        if (_open.Contains(index) || _open.Count == ModelLimits.SubgraphDepth)
        {
            throw new UnsupportedException(_open.Contains(index)
                ? Invariant($"subgraph {index} runs itself")
                : Invariant($"subgraphs lie more than {ModelLimits.SubgraphDepth} deep in each other"));
        }

        _open.Push(index);
        var errors = new ErrorCollection();
        SourceModel model = _states.Resolve(index, op.Handles, errors);
        model = DetectionShapes.Resolve(LegacyModels.Resolve(UnreadZeroPoints.Resolve(model), _budget));
        Graph? graph = Builder(model, errors).BuildGraph(Name(index));
        _open.Pop();
        if (graph is not null)
        {
            return graph;
        }

        // One line for the operator that runs it, and not one for what only follows.
        ImmutableArray<ImportError> all = errors.ToImmutable();
        string more = all.Length == 1 ? "" : Invariant($" (and {all.Length - 1} more)");
        throw new UnsupportedException(Invariant($"in subgraph {index}, {all[0]}{more}"));
    }

    private string Name(int index)
    {
        int uses = _uses[index] = _uses.GetValueOrDefault(index) + 1;
        return uses == 1 ? Invariant($"subgraph{index}") : Invariant($"subgraph{index}_{uses}");
    }
}
