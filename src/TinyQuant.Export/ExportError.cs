using System.Globalization;
using TinyQuant.Model;

namespace TinyQuant.Export;

/// <summary>Why a graph was not exported.</summary>
/// <param name="Message">What is wrong, and what was expected.</param>
public sealed record ExportError(string Message)
{
    /// <summary>The operator's index in the graph; null for what is wrong with the whole graph.</summary>
    public int? OperatorIndex { get; init; }

    /// <summary>The operator.</summary>
    public Operator? Operator { get; init; }

    /// <summary>
    /// A line, as it can be printed: <c>operator 3 (Svdf), tensor 'y' int8 [1,2]: it is not supported</c>.
    /// </summary>
    public override string ToString() => Printable.Text(Operator is null
        ? Message
        : string.Create(CultureInfo.InvariantCulture,
            $"operator {OperatorIndex} ({Operator.Kind}), tensor '{Operator.Outputs[0].Name}' {Operator.Outputs[0].Type.ToName()} {Operator.Outputs[0].ShapeText}: {Message}"));
}
