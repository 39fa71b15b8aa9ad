using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's READ_VARIABLE: what a variable holds when the operator runs; a later assignment does not change
/// it. No copy where the order of operators lets both be one memory.
/// </summary>
public sealed class ReadVariable : Operator
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ReadVariable(p.Input, p.Output, p.Line));

    /// <summary>Creates the operator.</summary>
    /// <param name="variable">A variable tensor of any type.</param>
    /// <param name="output">Its type and as many elements; codes are copied, whatever their scale.</param>
    /// <param name="line">The line of the model file.</param>
    public ReadVariable(Tensor variable, Tensor output, int line = -1)
        : base(ImmutableArray.Create(variable), ImmutableArray.Create(output), line)
    {
    }

    /// <summary>The variable.</summary>
    public Tensor Variable => Inputs[0];

    /// <summary>What it holds.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(0);

    /// <inheritdoc/>
    public override bool SharesState => true;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => VariableChecks.Copy(Variable, Output);
}
