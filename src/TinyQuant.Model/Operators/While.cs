using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's WHILE: as long as one graph says so of some values, another one computes new ones of them. The
/// values begin as the inputs, and the outputs are what they are in the end. Nothing bounds the number of rounds but
/// the model itself.
/// </summary>
public sealed class While : Operator
{
    private static readonly OperatorAttribute<Graph> s_condition = SubgraphAttribute.Of<While>(
        "cond", o => o.Condition);
    private static readonly OperatorAttribute<Graph> s_body = SubgraphAttribute.Of<While>("body", o => o.Body);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        OperandCount.AtLeast(1), OperandCount.AtLeast(1),
        p => new While(p.Inputs, p.Outputs, p.Get(s_condition), p.Get(s_body), p.Line), s_condition, s_body);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">What the values begin as.</param>
    /// <param name="outputs">What they are in the end: as many, of the same types and sizes.</param>
    /// <param name="condition">Reads all values; its first output, bool of one element, says whether to go on.</param>
    /// <param name="body">Reads all values and computes all of them anew.</param>
    /// <param name="line">The line of the model file.</param>
    public While(
        ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, Graph condition, Graph body, int line = -1)
        : base(inputs, outputs, line)
    {
        Condition = condition;
        Body = body;
    }

    /// <summary>Says whether to go on.</summary>
    public Graph Condition { get; }

    /// <summary>Computes the values anew.</summary>
    public Graph Body { get; }

    /// <inheritdoc/>
    public override ImmutableArray<Graph> Subgraphs => ImmutableArray.Create(Condition, Body);

    /// <summary>Those of one round; how many there are only the run knows.</summary>
    public override long Macs => Condition.Macs + Body.Macs;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors =
        [
            .. SubgraphChecks.Same("the operator's outputs", Outputs, "its inputs", Inputs),
            .. SubgraphChecks.Reads(Condition, "cond", Outputs), .. SubgraphChecks.Reads(Body, "body", Outputs),
            .. SubgraphChecks.Writes(Body, "body", Outputs),
        ];
        return Condition.Outputs.IsEmpty
            ? errors.Append("the graph of 'cond' has no output; expected a condition")
            : errors.Concat(SubgraphChecks.Condition(Condition.Outputs[0]));
    }
}
