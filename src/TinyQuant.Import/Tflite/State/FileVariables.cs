using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.State;

/// <summary>
/// The resource variables of all subgraphs that the model may run: which there are, what they hold, and which subgraph
/// does what with them. A handle comes from a VAR_HANDLE of the subgraph, or is an input of it.
/// </summary>
/// <remarks>The rules are those of TFLM's <c>micro_resource_variable.cc</c> and <c>assign_variable.cc</c>.</remarks>
internal sealed class FileVariables
{
    private const int BytesOfPart = 8; // what a tensor or an operator takes in a file at least

    private readonly TfliteModel _file;
    private readonly Budget _budget;
    private readonly SortedDictionary<int, SourceModel> _models = [];
    private readonly Dictionary<(int Subgraph, string Handles), VariableUses> _uses = [];
    private readonly HashSet<(int Subgraph, Variable Variable)> _users = [];

    /// <exception cref="MalformedFileException">A subgraph is damaged, or not there.</exception>
    public FileVariables(TfliteModel file, int main, Budget budget)
    {
        _file = file;
        _budget = budget;
        if (!file.HasVariables)
        {
            return;
        }

        Collect(main);
        HashSet<int> run = [
            .. _models.Values.SelectMany(m => m.Operators.Cast<TfliteOperator>()).SelectMany(RunBy), main];
        // As the reference prepares them: the model first, the others by their index.
        foreach (int index in _models.Keys.OrderBy(i => i == main ? -1 : i))
        {
            HandleTable handles = HandlesOf(_models[index]);
            if (run.Contains(index))
            {
                SetValues(_models[index], handles);
            }
        }

        Walk(main, [], 0);
        _models.Clear();
    }

    public VariableTable Table { get; } = new();

    /// <summary>What a subgraph does that is given these handles.</summary>
    public VariableUses UsesOf(int subgraph, ImmutableArray<int> handles) =>
        _uses.GetValueOrDefault((subgraph, Key(handles))) ?? VariableUses.None;

    /// <summary>Whether only one subgraph reads or assigns a variable, initializations not counted.</summary>
    public bool IsUsedOnlyIn(int subgraph, Variable variable) =>
        _users.All(u => u.Variable != variable || u.Subgraph == subgraph);

    /// <summary>The subgraphs that an operator runs each time.</summary>
    public static int[] RunBy(TfliteOperator op) =>
        op.Code is BuiltinOperator.IF or BuiltinOperator.WHILE ? [op.Options.Int32(0), op.Options.Int32(1)] : [];

    private static string Key(ImmutableArray<int> handles) => string.Join(",", handles.Select(h => Invariant($"{h}")));

    private void Collect(int main)
    {
        var open = new Stack<int>([main]);
        while (open.TryPop(out int index))
        {
            if (!_models.ContainsKey(index))
            {
                SourceModel model = _file.Subgraph(index);
                _budget.Charge((model.Tensors.Length + model.Operators.Length) * BytesOfPart);
                _models.Add(index, model);
                foreach (TfliteOperator op in model.Operators.Cast<TfliteOperator>())
                {
                    foreach (int next in op.Code == BuiltinOperator.CALL_ONCE ? [op.Options.Int32(0)] : RunBy(op))
                    {
                        open.Push(next);
                    }
                }
            }
        }
    }

    private HandleTable HandlesOf(SourceModel model)
    {
        var handles = new HandleTable(Table);
        foreach (TfliteOperator op in model.Operators.Cast<TfliteOperator>())
        {
            if (op is { Code: BuiltinOperator.VAR_HANDLE, Outputs: [var handle] })
            {
                handles.Add(handle, op);
            }
        }

        return handles;
    }

    private static void SetValues(SourceModel model, HandleTable handles)
    {
        foreach (TfliteOperator op in model.Operators.Cast<TfliteOperator>())
        {
            if (op is { Code: BuiltinOperator.ASSIGN_VARIABLE, Inputs: [var handle, var value and >= 0] })
            {
                handles.Find(handle)?.SetValue(model.Tensors[value]);
            }
        }
    }

    /// <summary>Follows the handles from the model into what it runs.</summary>
    private VariableUses Walk(int index, ImmutableArray<int> given, int depth)
    {
        if (_uses.TryGetValue((index, Key(given)), out VariableUses? known) || depth > ModelLimits.SubgraphDepth)
        {
            return known ?? VariableUses.None;
        }

        _uses.Add((index, Key(given)), VariableUses.None); // one that runs itself is refused elsewhere
        SourceModel model = _models[index];
        _budget.Charge(model.Operators.Length * BytesOfPart);
        HandleTable handles = HandlesOf(model);
        handles.AddInputs(model.Inputs, given);
        VariableUses uses = VariableUses.None;
        foreach (TfliteOperator op in model.Operators.Cast<TfliteOperator>())
        {
            bool assigns = op is { Code: BuiltinOperator.ASSIGN_VARIABLE, Inputs: [_, >= 0] };
            if ((assigns || op is { Code: BuiltinOperator.READ_VARIABLE, Inputs: [_] })
                && handles.Find(op.Inputs[0]) is { } variable)
            {
                if (assigns)
                {
                    variable.SetValue(model.Tensors[op.Inputs[1]]);
                }

                _users.Add((index, variable));
                uses = uses.With(new VariableUses([variable], assigns));
            }

            int[] run = RunBy(op);
            ImmutableArray<int> passed = run.Length == 0 ? [] : handles.GivenBy(op);
            foreach (int next in run)
            {
                uses = uses.With(Walk(next, passed, depth + 1));
            }
        }

        _uses[(index, Key(given))] = uses;
        return uses;
    }
}
