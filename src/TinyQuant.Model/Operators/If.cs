using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's IF: one of two graphs runs, by a condition that is known when the model runs. The other inputs are
/// those of either graph, in order, and the outputs are its outputs.
/// </summary>
public sealed class If : Operator
{
    private static readonly OperatorAttribute<Graph> s_then = SubgraphAttribute.Of<If>("then", o => o.Then);
    private static readonly OperatorAttribute<Graph> s_else = SubgraphAttribute.Of<If>("else", o => o.Else);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        OperandCount.AtLeast(1), OperandCount.AtLeast(1),
        p => new If(p.Inputs, p.Outputs, p.Get(s_then), p.Get(s_else), p.Line), s_then, s_else);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">The condition, bool of one element, and what either graph reads.</param>
    /// <param name="outputs">What either graph computes.</param>
    /// <param name="then">Runs where the condition is true.</param>
    /// <param name="otherwise">Runs where it is false. A graph of its own.</param>
    /// <param name="line">The line of the model file.</param>
    public If(
        ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, Graph then, Graph otherwise, int line = -1)
        : base(inputs, outputs, line)
    {
        Then = then;
        Else = otherwise;
    }

    /// <summary>bool, one element.</summary>
    public Tensor Condition => Inputs[0];

    /// <summary>Runs where the condition is true.</summary>
    public Graph Then { get; }

    /// <summary>Runs where it is false.</summary>
    public Graph Else { get; }

    /// <inheritdoc/>
    public override ImmutableArray<Graph> Subgraphs => ImmutableArray.Create(Then, Else);

    /// <summary>A known condition leaves one out.</summary>
    internal override IEnumerable<Graph> Reached => Condition is { IsConstant: true, Data: { Length: > 0 } data }
        ? [data[0] != 0 ? Then : Else]
        : Subgraphs;

    /// <summary>Those of the graph that has more.</summary>
    public override long Macs => Math.Max(Then.Macs, Else.Macs);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
    [
        .. SubgraphChecks.Condition(Condition), .. SubgraphChecks.Reads(Then, "then", [.. Inputs.Skip(1)]),
        .. SubgraphChecks.Writes(Then, "then", Outputs), .. SubgraphChecks.Reads(Else, "else", [.. Inputs.Skip(1)]),
        .. SubgraphChecks.Writes(Else, "else", Outputs),
    ];
}
