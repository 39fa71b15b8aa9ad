using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalDelay: what came so many samples ago, in each row. The delay is the length of the state's rows.
/// </summary>
/// <param name="input">int16 [..,n].</param>
/// <param name="state">int16 [..,delay], a variable tensor: the samples that are not out yet, the oldest first.</param>
/// <param name="output">The input's shape.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalDelay(Tensor input, Tensor state, Tensor output, int line = -1)
    : SignalOperator(ImmutableArray.Create(input, state), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new SignalDelay(p.Input, p.Inputs[1], p.Output, p.Line));

    /// <summary>The samples that are not out yet, [..,delay].</summary>
    public Tensor State => Inputs[1];

    /// <summary>Channels that are delayed each by itself.</summary>
    public int Rows => Slices(Input, 1);

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.Int16, Input, State, Output).Concat(RankFrom(Input, 1)).Concat(RankFrom(State, 1));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        Checks.Shape(State, Sizes(Input, 1, FromEnd(State))).Concat(Like(Output, Input));
}
