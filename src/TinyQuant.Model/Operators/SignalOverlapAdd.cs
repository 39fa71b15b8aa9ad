using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalOverlapAdd: the sums of frames that overlap, a signal again. int16, each sum saturated, or float32.
/// </summary>
/// <param name="input">[..,frames,size].</param>
/// <param name="state">[..,size], a variable tensor: the sums that more frames come to.</param>
/// <param name="output">[..,frames · step].</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalOverlapAdd(Tensor input, Tensor state, Tensor output, int line = -1)
    : SignalFrames(ImmutableArray.Create(input, state), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new SignalOverlapAdd(p.Input, p.Inputs[1], p.Output, p.Line));

    /// <inheritdoc/>
    public override Tensor FrameTensor => Input;

    /// <inheritdoc/>
    public override Tensor Samples => Output;

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Checks.SameType([TensorType.Float32, TensorType.Int16], Input, State, Output).Concat(RankErrors());
}
