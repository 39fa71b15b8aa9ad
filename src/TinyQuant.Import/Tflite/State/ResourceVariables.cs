using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.State;

/// <summary>
/// Turns the resource variables of a subgraph into variable tensors: VAR_HANDLE names one, READ_VARIABLE and
/// ASSIGN_VARIABLE take the handle, IF and WHILE hand it on, and CALL_ONCE runs a subgraph before the first run that
/// assigns what they begin with. Behind this, operators read and write the tensor itself, and there are neither handles
/// nor CALL_ONCE.
/// </summary>
internal sealed class ResourceVariables(
    int subgraph, bool isMain, FileVariables variables, Func<int, SourceModel> initialization, ErrorCollection errors)
{
    private readonly HandleTable _handles = new(variables.Table);
    private readonly HashSet<Variable> _used = [];

    /// <summary>The subgraph with variable tensors behind its own.</summary>
    /// <param name="model">The subgraph.</param>
    /// <param name="given">The variables whose handles its inputs are, by their numbers; -1 for none.</param>
    /// <exception cref="MalformedFileException">A subgraph that is asked for is damaged.</exception>
    public SourceModel Resolve(SourceModel model, ImmutableArray<int> given)
    {
        _handles.AddInputs(model.Inputs, given);
        int first = model.Tensors.Length;
        ImmutableArray<SourceOperator> operators =
            [.. model.Operators.Cast<TfliteOperator>().Select(o => Resolve(o, model, first)).OfType<SourceOperator>()];
        foreach (string error in _used.OrderBy(v => v.Number).Select(v => v.Error()).OfType<string>())
        {
            errors.Add(error);
        }

        return model with
        {
            Inputs = [.. model.Inputs.Where((_, i) => i >= given.Length || given[i] < 0)],
            Outputs = [.. model.Outputs.Where((o, i) => !IsHandedBack(o, i, given))],
            // Without a tensor there is no handle either.
            Tensors = model.Tensors.IsEmpty ? [] :
            [
                .. model.Tensors,
                .. variables.Table.All.Select(v => v.ToTensor(first + v.Number, v.Value ?? model.Tensors[0])),
            ],
            Operators = operators,
        };
    }

    /// <summary>The operator over variable tensors; null where there is nothing to run.</summary>
    private TfliteOperator? Resolve(TfliteOperator op, SourceModel model, int first)
    {
        switch (op.Code)
        {
            case BuiltinOperator.VAR_HANDLE when op.Outputs is [var handle]:
                _handles.Add(handle, op);
                return null;
            case BuiltinOperator.CALL_ONCE:
                Initialize(op);
                return null;
            case BuiltinOperator.READ_VARIABLE when op.Inputs is [var handle] && _handles.Find(handle) is { } read:
                _used.Add(read);
                return op with { Inputs = [first + read.Number] };
            case BuiltinOperator.ASSIGN_VARIABLE
                when op.Inputs is [var handle, var value and >= 0] && _handles.Find(handle) is { } assigned:
                _used.Add(assigned);
                return op with { Inputs = [value], Outputs = [first + assigned.Number], WritesVariables = true };
            case BuiltinOperator.IF or BuiltinOperator.WHILE:
                return HandOn(op);
            default:
                return op;
        }
    }

    private TfliteOperator HandOn(TfliteOperator op)
    {
        ImmutableArray<int> given = _handles.GivenBy(op);
        VariableUses uses = FileVariables.RunBy(op).Aggregate(
            VariableUses.None, (all, index) => all.With(variables.UsesOf(index, given)));
        _used.UnionWith(uses.Variables);
        return op with
        {
            Inputs = [.. op.Inputs.Where(i => i == SourceOperator.Missing || _handles.Find(i) is null)],
            Outputs = [.. op.Outputs.Where(o => _handles.Find(o) is null)],
            Handles = given,
            HasEffect = uses.Assigns,
        };
    }

    /// <summary>
    /// Whether an output is a handle, which must be the one that the input in its place is, as in the body of a loop.
    /// </summary>
    private bool IsHandedBack(int output, int place, ImmutableArray<int> given)
    {
        if (_handles.Find(output) is not { } variable)
        {
            return false;
        }

        if (place >= given.Length || given[place] != variable.Number)
        {
            errors.Add(Invariant($"its output {place} is the handle of the variable '{variable.Name}'; expected the ")
                + "handle that it is given in that place, or none");
        }

        return true;
    }

    /// <summary>What the subgraph assigns is what variables begin with.</summary>
    private void Initialize(TfliteOperator op)
    {
        SourceModel model = initialization(op.Options.Int32(0));
        var handles = new HandleTable(variables.Table);
        foreach (TfliteOperator step in model.Operators.Cast<TfliteOperator>())
        {
            if (step is { Code: BuiltinOperator.VAR_HANDLE, Outputs: [var handle] })
            {
                handles.Add(handle, step);
            }
            else if (step is { Code: BuiltinOperator.ASSIGN_VARIABLE, Inputs: [var to, var value and >= 0] }
                && handles.Find(to) is { } variable && model.Tensors[value].IsConstant)
            {
                if (_used.Contains(variable))
                {
                    errors.Add(
                        "it stands behind operators that read or assign variables; expected it before all of them", op);
                    return;
                }

                if (!isMain && !variables.IsUsedOnlyIn(subgraph, variable))
                {
                    errors.Add(
                        $"it assigns '{variable.Name}' when the subgraph runs for the first time, which other "
                            + "subgraphs read or assign too; expected it in the model itself", op);
                    return;
                }

                variable.SetInitial(model.Tensors[value]);
            }
            else
            {
                errors.Add($"its subgraph has {step.Name}; expected VAR_HANDLE, and ASSIGN_VARIABLE of constants", op);
                return;
            }
        }
    }
}
