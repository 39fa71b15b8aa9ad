using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalStacker: some frames in a row as one, and with the next ones again after a step. As long as too few
/// frames have come, the output is zeros and not valid.
/// </summary>
public sealed class SignalStacker : SignalOperator
{
    private static readonly OperatorAttribute<int> s_left = AttributesOf<SignalStacker>.Integer(
        "left_context", o => o.LeftContext, 0, int.MaxValue);
    private static readonly OperatorAttribute<int> s_step = AttributesOf<SignalStacker>.Integer(
        "step", o => o.Step, 1, int.MaxValue);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        3, 2, p => new SignalStacker(p.Inputs, p.Outputs, p.Get(s_left), p.Get(s_step), p.Line), s_left, s_step);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">A frame, int16 [n]; the queue, int16 [frames · n], a variable tensor; and how many frames
    /// are in it, int32, one element, a variable tensor that begins with −1 where the first frame is to stand for
    /// those before it too.</param>
    /// <param name="outputs">The frames, int16 [frames · n], and bool, one element: whether there are so many.</param>
    /// <param name="leftContext">How often the first frame stands for one before it; less than the frames.</param>
    /// <param name="step">How many frames the queue loses when it was full; at most all.</param>
    /// <param name="line">The line of the model file.</param>
    public SignalStacker(
        ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, int leftContext, int step, int line = -1)
        : base(inputs, outputs, line)
    {
        LeftContext = leftContext;
        Step = step;
    }

    /// <summary>How often the first frame stands for one before it.</summary>
    public int LeftContext { get; }

    /// <summary>How many frames the queue loses when it was full.</summary>
    public int Step { get; }

    /// <summary>The frames that are kept, the oldest first.</summary>
    public Tensor State => Inputs[1];

    /// <summary>How many frames are kept; −1 before the first one.</summary>
    public Tensor Count => Inputs[2];

    /// <summary>Whether the output is full.</summary>
    public Tensor Valid => Outputs[1];

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(1, 2);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.Int16, Input, State, Output).Concat(Type(TensorType.Int32, Count))
            .Concat(Type(TensorType.Bool, Valid));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        int frames = Output.ElementCount / Input.ElementCount;
        if (Output.ElementCount % Input.ElementCount != 0)
        {
            yield return Invariant($"'{Output.Name}' {Output.ShapeText} are no frames of {Input.ElementCount} samples, as ")
                + $"'{Input.Name}' has";
        }
        else if (Step > frames || LeftContext >= frames)
        {
            yield return Invariant($"step={Step} and left_context={LeftContext} are more than the {frames} frames of ")
                + $"'{Output.Name}' have; expected a step of at most so many, and less before the first one";
        }

        foreach (string error in Like(State, Output).Concat(One(Count)).Concat(One(Valid)))
        {
            yield return error;
        }
    }
}
