using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalFramer: a signal to frames that overlap. As long as too few samples have come, frames are zeros and
/// not valid.
/// </summary>
/// <param name="input">int16 [..,frames · step].</param>
/// <param name="state">int16 [..,size], a variable tensor: a queue of samples in each row, the oldest first.</param>
/// <param name="count">int32, one element, a variable tensor: how many samples are in each queue. It begins with its
/// data: size − step where the first frame is to be filled up with zeros.</param>
/// <param name="output">int16 [..,frames,size].</param>
/// <param name="valid">bool, one element: whether all frames are full.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalFramer(
    Tensor input, Tensor state, Tensor count, Tensor output, Tensor valid, int line = -1)
    : SignalFrames(ImmutableArray.Create(input, state, count), ImmutableArray.Create(output, valid), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        3, 2, p => new SignalFramer(p.Input, p.Inputs[1], p.Inputs[2], p.Output, p.Outputs[1], p.Line));

    /// <summary>How many samples are in each queue.</summary>
    public Tensor Count => Inputs[2];

    /// <summary>Whether all frames are full.</summary>
    public Tensor Valid => Outputs[1];

    /// <inheritdoc/>
    public override Tensor FrameTensor => Output;

    /// <inheritdoc/>
    public override Tensor Samples => Input;

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(1, 2);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.Int16, Input, State, Output).Concat(Type(TensorType.Int32, Count))
            .Concat(Type(TensorType.Bool, Valid)).Concat(RankErrors());

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        base.ShapeErrors().Concat(One(Count)).Concat(One(Valid));
}
