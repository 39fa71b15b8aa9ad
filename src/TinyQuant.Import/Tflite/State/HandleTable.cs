using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.State;

/// <summary>Which variable each handle of one subgraph is for.</summary>
internal sealed class HandleTable(VariableTable variables)
{
    private readonly Dictionary<int, Variable> _variables = [];

    /// <param name="tensor">The tensor that holds the handle.</param>
    /// <param name="op">VAR_HANDLE, with a container and a shared name.</param>
    public void Add(int tensor, TfliteOperator op) => _variables[tensor] = variables.Get(
        op.Options.String(0) ?? "", op.Options.String(1) ?? "");

    /// <summary>The handles that a subgraph is given.</summary>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="handles">The variable of each, by its number; -1 for none.</param>
    public void AddInputs(ImmutableArray<int> inputs, ImmutableArray<int> handles)
    {
        for (int i = 0; i < Math.Min(inputs.Length, handles.Length); i++)
        {
            if (handles[i] >= 0)
            {
                _variables[inputs[i]] = variables.All[handles[i]];
            }
        }
    }

    /// <summary>
    /// The handles that an operator gives the subgraphs that it runs; empty where there is none among its inputs. Those
    /// of WHILE are its outputs too.
    /// </summary>
    public ImmutableArray<int> GivenBy(TfliteOperator op)
    {
        ImmutableArray<int> given =
        [
            .. op.Inputs.Skip(op.Code == BuiltinOperator.IF ? 1 : 0)
                .Select(i => i != SourceOperator.Missing && Find(i) is { } variable ? variable.Number : -1),
        ];
        if (op.Code == BuiltinOperator.WHILE)
        {
            AddInputs(op.Outputs, given);
        }

        return given.All(h => h < 0) ? [] : given;
    }

    /// <summary>The variable; null where the tensor is no handle.</summary>
    public Variable? Find(int tensor) => _variables.GetValueOrDefault(tensor);
}
