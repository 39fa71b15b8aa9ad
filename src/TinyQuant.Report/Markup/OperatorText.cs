using TinyQuant.Model;

namespace TinyQuant.Report.Markup;

/// <summary>How an operator is set, in a few words.</summary>
internal static class OperatorText
{
    /// <summary>
    /// Window or matrix, then the attributes that differ from their defaults; empty for an operator without any.
    /// </summary>
    public static string Settings(Operator op) =>
        string.Join(" · ", Weights(op).Concat(op.Attributes.Select(Attribute)));

    private static IEnumerable<string> Weights(Operator op) => op switch
    {
        FullyConnected => [Invariant($"{op.Inputs[1].Shape[^1]} to {op.Inputs[1].Shape[0]}")],
        Convolution => [Invariant($"{op.Inputs[1].Shape[1]}×{op.Inputs[1].Shape[2]}")],
        _ => [],
    };

    private static string Attribute(KeyValuePair<string, string> attribute) => attribute.Key switch
    {
        "padding" or "activation" => attribute.Value,
        "stride" or "dilation" or "filter" => $"{attribute.Key} {attribute.Value.Replace(',', '×')}",
        _ => $"{attribute.Key} {attribute.Value}",
    };
}
