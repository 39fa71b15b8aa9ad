using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.State;

/// <summary>
/// Turns resource variables into variable tensors: VAR_HANDLE names one, READ_VARIABLE and ASSIGN_VARIABLE take the
/// handle, and CALL_ONCE runs a subgraph before the first run that assigns what they begin with. Behind this, operators
/// read and write the tensor itself, and there are neither handles nor CALL_ONCE.
/// </summary>
/// <remarks>The rules are those of TFLM's <c>micro_resource_variable.cc</c> and <c>assign_variable.cc</c>.</remarks>
internal sealed class ResourceVariables
{
    private readonly VariableTable _table;
    private readonly Func<int, SourceModel> _subgraph;
    private readonly ErrorCollection _errors;
    private readonly HashSet<Variable> _used = [];
    private bool _isInitialized;

    private ResourceVariables(int firstTensor, Func<int, SourceModel> subgraph, ErrorCollection errors)
    {
        _table = new VariableTable(firstTensor);
        _subgraph = subgraph;
        _errors = errors;
    }

    /// <summary>The model with variable tensors behind its own.</summary>
    /// <param name="model">The subgraph that runs.</param>
    /// <param name="subgraph">Reads another one, by its index.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <exception cref="MalformedFileException">A subgraph that is asked for is damaged.</exception>
    public static SourceModel Resolve(SourceModel model, Func<int, SourceModel> subgraph, ErrorCollection errors) =>
        model.Operators.Cast<TfliteOperator>().Any(o => IsAboutState(o.Code))
            ? new ResourceVariables(model.Tensors.Length, subgraph, errors).Resolve(model)
            : model;

    private static bool IsAboutState(BuiltinOperator code) => code is BuiltinOperator.VAR_HANDLE
        or BuiltinOperator.READ_VARIABLE or BuiltinOperator.ASSIGN_VARIABLE or BuiltinOperator.CALL_ONCE;

    private SourceModel Resolve(SourceModel model)
    {
        var handles = new HandleTable(_table);
        var operators = ImmutableArray.CreateBuilder<SourceOperator>();
        foreach (TfliteOperator op in model.Operators.Cast<TfliteOperator>())
        {
            switch (op.Code)
            {
                case BuiltinOperator.VAR_HANDLE when op.Outputs is [var handle]:
                    handles.Add(handle, op);
                    break;
                case BuiltinOperator.CALL_ONCE:
                    Initialize(op);
                    break;
                case BuiltinOperator.READ_VARIABLE when op.Inputs is [var handle] && handles.Find(handle) is { } read:
                    _used.Add(read);
                    operators.Add(op with { Inputs = [read.Tensor] });
                    break;
                case BuiltinOperator.ASSIGN_VARIABLE
                    when op.Inputs is [var handle, var value and >= 0] && handles.Find(handle) is { } assigned:
                    _used.Add(assigned);
                    assigned.SetValue(model.Tensors[value]);
                    operators.Add(op with { Inputs = [value], Outputs = [assigned.Tensor], WritesVariables = true });
                    break;
                default:
                    operators.Add(op);
                    break;
            }
        }

        foreach (string error in _used.Select(v => v.Error()).OfType<string>())
        {
            _errors.Add(error);
        }

        return model with
        {
            Tensors = [.. model.Tensors, .. _table.All.Select(v => v.ToTensor(v.Value ?? model.Tensors[0]))],
            Operators = operators.ToImmutable(),
        };
    }

    /// <summary>What the subgraph assigns is what variables begin with.</summary>
    private void Initialize(TfliteOperator op)
    {
        if (_used.Count > 0 && !_isInitialized)
        {
            _errors.Add("it stands behind operators that read or assign variables; expected it before all of them", op);
            return;
        }

        _isInitialized = true;
        SourceModel model = _subgraph(op.Options.Int32(0));
        var handles = new HandleTable(_table);
        foreach (TfliteOperator step in model.Operators.Cast<TfliteOperator>())
        {
            if (step.Code == BuiltinOperator.VAR_HANDLE && step.Outputs is [var handle])
            {
                handles.Add(handle, step);
            }
            else if (step.Code == BuiltinOperator.ASSIGN_VARIABLE && step.Inputs is [var to, var value and >= 0]
                && handles.Find(to) is { } variable && model.Tensors[value].IsConstant)
            {
                variable.SetInitial(model.Tensors[value]);
            }
            else
            {
                _errors.Add($"its subgraph has {step.Name}; expected VAR_HANDLE, and ASSIGN_VARIABLE of constants", op);
                return;
            }
        }
    }
}
