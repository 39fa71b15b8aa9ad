using System.Collections.Immutable;
using TinyQuant.Import.Folding;
using TinyQuant.Import.Source;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// Makes a graph of a file: folds what is known, maps each operator, drops those that nothing needs, and then makes the
/// tensors and operators that are left. It goes on after an error, so that all are found.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly SourceModel _model;
    private readonly IOperatorMapping _mapping;
    private readonly ErrorCollection _errors;
    private readonly IntegerValues _integers;
    private readonly DequantizedConstants _reals;
    private readonly TensorTable _tensors;

    /// <param name="model">What the file has.</param>
    /// <param name="mapping">The operators of its format.</param>
    /// <param name="states">The names of state, which graphs of one model share.</param>
    /// <param name="budget">What the file may ask for.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public GraphBuilder(
        SourceModel model, IOperatorMapping mapping, StateNames states, Budget budget, ErrorCollection errors)
    {
        _model = model;
        _mapping = mapping;
        _errors = errors;
        _integers = new IntegerValues(model, budget);
        _reals = new DequantizedConstants(model, budget);
        _tensors = new TensorTable(model, _integers, _reals, states, budget, errors);
    }

    /// <summary>The model; null where there are errors.</summary>
    /// <exception cref="MalformedFileException">The file asks for more than it holds.</exception>
    public ValidGraph? Build(ImportOptions options)
    {
        if (BuildGraph(options.Name ?? _model.Name ?? options.DefaultName) is not { } graph)
        {
            return null;
        }

        ValidGraph? valid = GraphValidator.TryValidateAround(
            graph with { Notes = _model.Notes, Rounding = options.Rounding }, out IReadOnlyList<ModelError> errors);
        foreach (ModelError error in errors)
        {
            _errors.Add(error.Message);
        }

        return valid;
    }

    /// <summary>
    /// The graph, whose operators have each been validated by themselves; null where there are errors.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="MalformedFileException">The file asks for more than it holds.</exception>
    public Graph? BuildGraph(string name)
    {
        ImmutableArray<OperatorOutcome> live = Liveness.Of(_model, [.. _model.Operators.Select(MapOrFold)]);
        OrderChecks.Check(_model, live, t => _integers.IsFolded(t) || _reals.IsFolded(t), _errors);
        ImmutableArray<Tensor> inputs = Tensors(_model.Inputs, null);
        ImmutableArray<Operator> operators = [.. live.Select(Create).OfType<Operator>()];
        var copies = new OutputCopies(_model, _tensors);
        ImmutableArray<Tensor> outputs = copies.Tensors(inputs);
        return !_errors.IsEmpty ? null : new Graph
        {
            Name = name,
            Tensors = _tensors.Tensors,
            Inputs = inputs,
            Outputs = outputs,
            Operators = [.. operators, .. copies.Operators],
        };
    }

    private OperatorOutcome MapOrFold(SourceOperator op)
    {
        OperatorContext context = _mapping.ContextOf(op, _model, _integers);
        if (IntegerFolding.TryFold(context, _mapping, _integers) || (_mapping.IsDequantize(op) && _reals.TryFold(op)))
        {
            return new OperatorOutcome(op, null, null);
        }

        try
        {
            return new OperatorOutcome(op, _mapping.Map(context), null);
        }
        catch (UnsupportedException e)
        {
            return new OperatorOutcome(op, null, e);
        }
    }

    private Operator? Create(OperatorOutcome outcome)
    {
        SourceTensor? about = outcome.Operator.Outputs.IsEmpty ? null : _model.Tensors[outcome.Operator.Outputs[0]];
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

        Operator? created = mapped.Make(inputs, outputs, out IReadOnlyList<string> errors);
        if (errors.Count > 0)
        {
            _errors.Add(errors[0], outcome.Operator, about); // others mostly follow from the first
        }

        return created;
    }

    private ImmutableArray<Tensor> Tensors(ImmutableArray<int> indexes, SourceOperator? user) =>
        [.. indexes.Select(i => _tensors.Get(i, user)).OfType<Tensor>()];
}
