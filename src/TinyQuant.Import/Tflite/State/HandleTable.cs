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

    /// <summary>The variable; null where the tensor is no handle.</summary>
    public Variable? Find(int tensor) => _variables.GetValueOrDefault(tensor);
}
