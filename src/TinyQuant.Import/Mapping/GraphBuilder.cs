using System.Collections.Immutable;
using TinyQuant.Import.FlatBuffers;
using TinyQuant.Import.Folding;
using TinyQuant.Import.Operators;
using TinyQuant.Import.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import;

/// <summary>
/// Makes a graph of a file: folds what is known, maps each operator, drops those that nothing needs, and then makes the
/// tensors and operators that are left. It goes on after an error, so that all are found.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly TfliteModel _model;
    private readonly Budget _budget;
    private readonly ErrorCollection _errors;
    private readonly IntegerValues _integers;
    private readonly DequantizedConstants _reals;
    private readonly TensorTable _tensors;

    public GraphBuilder(TfliteModel model, Budget budget, ErrorCollection errors)
    {
        _model = model;
        _budget = budget;
        _errors = errors;
        _integers = new IntegerValues(model, budget);
        _reals = new DequantizedConstants(model, budget);
        _tensors = new TensorTable(model, _integers, _reals, budget, errors);
    }

    /// <summary>The graph; null where there are errors.</summary>
    /// <exception cref="MalformedFileException">The file asks for more than it holds.</exception>
    public Graph? Build(ImportOptions options)
    {
        ImmutableArray<OperatorOutcome> live = Liveness.Of(_model, [.. _model.Operators.Select(MapOrFold)]);
        OrderChecks.Check(_model, live, t => _integers.IsFolded(t) || _reals.IsFolded(t), _errors);
        ImmutableArray<Tensor> inputs = Tensors(_model.Inputs, null);
        ImmutableArray<Operator> operators = [.. live.Select(Create).OfType<Operator>()];
        ImmutableArray<Tensor> outputs = Tensors(_model.Outputs, null);
        if (!_errors.IsEmpty)
        {
            return null;
        }
        var graph = new Graph
        {
            Name = options.Name ?? _model.Name ?? options.DefaultName,
            Notes = Notes(),
            Rounding = options.Rounding,
            Tensors = _tensors.Tensors,
            Inputs = inputs,
            Outputs = outputs,
            Operators = operators,
        };
        foreach (ModelError error in GraphValidator.Validate(graph))
        {
            _errors.Add(error.Message);
        }
        return _errors.IsEmpty ? graph : null;
    }

    private OperatorOutcome MapOrFold(TfliteOperator op)
    {
        var source = new OperatorSource(op, _model, _integers);
        if (IntegerFolding.TryFold(source, _integers) || _reals.TryFold(op))
        {
            return new OperatorOutcome(op, null, null);
        }
        try
        {
            return new OperatorOutcome(op, OperatorMappings.Map(source), null);
        }
        catch (UnsupportedException e)
        {
            return new OperatorOutcome(op, null, e);
        }
    }

    private Operator? Create(OperatorOutcome outcome)
    {
        TfliteTensor? about = outcome.Operator.Outputs.IsEmpty ? null : _model.Tensors[outcome.Operator.Outputs[0]];
        if (outcome.Mapped is not { } mapped)
        {
            _errors.Add(outcome.Error!.Message, outcome.Operator, about);
            _errors.AddRemedy(outcome.Error.Remedy);
            return null;
        }
        ImmutableArray<Tensor> inputs = Tensors(mapped.Inputs, outcome.Operator);
        ImmutableArray<Tensor> outputs = Tensors(mapped.Outputs, outcome.Operator);
        if (inputs.Length < mapped.Inputs.Length || outputs.Length < mapped.Outputs.Length)
        {
            return null; // what is wrong with a tensor has been said
        }
        Operator? created = OperatorFactory.Create(mapped.Kind, inputs, outputs, mapped.Attributes, out string? error);
        foreach (string message in created is null ? [error!] : Errors(created))
        {
            _errors.Add(message, outcome.Operator, about);
        }
        return created;
    }

    /// <summary>An operator checks what it computes with, not how a constant is stored.</summary>
    private static IEnumerable<string> Errors(Operator op) => op.Inputs.Any(t => t.Type.IsStorage())
        ? StoredConstants.Widen(new Graph { Name = "", Tensors = op.Inputs, Inputs = [], Outputs = [], Operators = [op] }).Operators[0].Validate()
        : op.Validate();

    private ImmutableArray<Tensor> Tensors(ImmutableArray<int> indexes, TfliteOperator? user) =>
        [.. indexes.Select(i => _tensors.Get(i, user)).OfType<Tensor>()];

    private ImmutableArray<string> Notes()
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        notes.Add("imported from TensorFlow Lite");
        if (_model.Description is { Length: > 0 } text && text is not ("MLIR Converted." or "TOCO Converted."))
        {
            _budget.Charge(text.Length);
            notes.Add(text);
        }
        if (_model.SubgraphCount > 1)
        {
            notes.Add(Invariant($"the first of {_model.SubgraphCount} subgraphs"));
        }
        return notes.ToImmutable();
    }
}
