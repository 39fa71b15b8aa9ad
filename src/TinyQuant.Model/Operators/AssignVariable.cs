using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's ASSIGN_VARIABLE: a variable holds the value from then on, in this run and the next ones. No copy
/// where nothing reads what it held before, from the operator on that computes the value.
/// </summary>
public sealed class AssignVariable : Operator
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new AssignVariable(p.Input, p.Output, p.Line));

    /// <summary>Creates the operator.</summary>
    /// <param name="value">Any type; an activation or a constant.</param>
    /// <param name="variable">
    /// A variable tensor of that type, of as many elements; codes are copied, whatever their scale.
    /// </param>
    /// <param name="line">The line of the model file.</param>
    public AssignVariable(Tensor value, Tensor variable, int line = -1)
        : base(ImmutableArray.Create(value), ImmutableArray.Create(variable), line)
    {
    }

    /// <summary>What the variable is to hold.</summary>
    public Tensor Value => Inputs[0];

    /// <summary>The variable.</summary>
    public Tensor Variable => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override bool WritesState => true;

    /// <inheritdoc/>
    public override bool SharesState => true;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => VariableChecks.Copy(Variable, Value);
}
