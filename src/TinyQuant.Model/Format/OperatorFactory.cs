using System.Collections.Immutable;

namespace TinyQuant.Model.Format;

/// <summary>The operators that a model file can name. A new operator is one row here.</summary>
internal static class OperatorFactory
{
    /// <summary>Makes an operator of its words; reports and returns null where their number is wrong.</summary>
    public delegate Operator? Create(
        StatementReader reader, Token kind, ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs,
        OperatorAttributes attributes);

    private static readonly SortedDictionary<string, Create> s_known = new(StringComparer.Ordinal)
    {
        [nameof(FullyConnected)] = (reader, kind, inputs, outputs, attributes) =>
            HasCounts(reader, kind, inputs, 2, 3, outputs, 1)
                ? new FullyConnected(inputs, outputs[0], attributes.Activation(), kind.Line)
                : null,
    };

    /// <summary>The names of all operators, for messages.</summary>
    public static string Known => string.Join(", ", s_known.Keys);

    public static bool TryFind(string kind, out Create? create) => s_known.TryGetValue(kind, out create);

    private static bool HasCounts(
        StatementReader reader, Token kind, ImmutableArray<Tensor> inputs, int minInputs, int maxInputs,
        ImmutableArray<Tensor> outputs, int outputCount)
    {
        if (inputs.Length >= minInputs && inputs.Length <= maxInputs && outputs.Length == outputCount)
        {
            return true;
        }
        string expected = minInputs == maxInputs ? $"{minInputs}" : $"{minInputs} to {maxInputs}";
        reader.Fail(kind, $"{kind.Text} has {inputs.Length} inputs and {outputs.Length} outputs; "
            + $"expected {expected} and {outputCount}");
        return false;
    }
}
