namespace TinyQuant.Import.Tflite.State;

/// <summary>The variables of a file, which all its subgraphs share.</summary>
internal sealed class VariableTable
{
    private readonly List<Variable> _variables = [];

    public IReadOnlyList<Variable> All => _variables;

    /// <summary>
    /// The first known one of that name in that container, or in any where the handle names none; else a new one.
    /// </summary>
    public Variable Get(string container, string name)
    {
        Variable? known = _variables.FirstOrDefault(
            v => v.Name == name && (container.Length == 0 || v.Container == container));
        if (known is null)
        {
            known = new Variable(container, name, _variables.Count);
            _variables.Add(known);
        }

        return known;
    }
}
