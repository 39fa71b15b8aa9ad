using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>
/// Values of text and of other types that nothing here computes, and all that is computed of them: outputs that are
/// such are left out, with a note, where others are left; an error where none is.
/// </summary>
internal sealed class ForeignValues
{
    private readonly Dictionary<Value, ImportError> _values = [];

    /// <summary>Inputs that were bound to no shape, because of their type.</summary>
    public void AddInputs(Network network)
    {
        foreach (Value input in network.Inputs.Where(i => i.Shape.IsDefault))
        {
            _values.Add(input, new ImportError(Message("it", input))
            {
                Tensor = Places.Shown(input.Name),
                Shape = input.Type.Word(),
            });
        }
    }

    /// <summary>An output of a node.</summary>
    public void Add(Node node, Value output)
    {
        _values[output] = node.Error(Message("its output", output));
        output.Shape = default;
    }

    /// <summary>Whether a node reads one, as all that it writes is then one.</summary>
    public bool Spread(Node node)
    {
        ImportError? error = node.Inputs.OfType<Value>().Concat(node.Captures.Values)
            .Select(v => _values.GetValueOrDefault(v)).FirstOrDefault(e => e is not null);
        if (error is null)
        {
            return false;
        }

        foreach (Value output in node.Outputs.OfType<Value>())
        {
            _values[output] = error;
            output.Shape = default;
        }

        return true;
    }

    /// <summary>Outputs that are such go.</summary>
    /// <param name="network">The network.</param>
    /// <param name="areOutputsChosen">Whether the user has named the outputs.</param>
    /// <param name="errors">Where none may go, or all would.</param>
    public void LeaveOut(Network network, bool areOutputsChosen, ErrorCollection errors)
    {
        NetworkOutput[] foreign = [.. network.Outputs.Where(o => _values.ContainsKey(o.Value))];
        bool mayGo = !areOutputsChosen && foreign.Length < network.Outputs.Count;
        foreach (NetworkOutput output in foreign)
        {
            if (mayGo)
            {
                network.RemoveOutput(output);
                network.Notes.Add($"output '{output.Name}' is left out: {_values[output.Value]}");
            }
            else
            {
                errors.Add(_values[output.Value]);
            }
        }
    }

    /// <summary>Inputs that nothing reads any more, and that have no shape, go.</summary>
    public static void RemoveInputs(Network network)
    {
        foreach (Value input in network.Inputs.Where(i => i.Shape.IsDefault && i.Readers.Count == 0).ToArray())
        {
            network.RemoveInput(input);
        }
    }

    private static string Message(string what, Value value) =>
        $"{what} is of {value.Type.Word()}; expected {ValueTypes.Expected}";
}
