using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalWindow: frames times the weights of a window, shifted to the right and saturated. All int16.
/// </summary>
public sealed class SignalWindow : SignalOperator
{
    private const int MostBits = 31;

    private static readonly OperatorAttribute<int> s_shift = AttributesOf<SignalWindow>.Integer(
        "shift", o => o.Shift, 0, MostBits);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new SignalWindow(p.Input, p.Inputs[1], p.Output, p.Get(s_shift), p.Line), s_shift);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">int16 [..,n].</param>
    /// <param name="weights">int16 [n].</param>
    /// <param name="output">The input's shape.</param>
    /// <param name="shift">By how many bits products are shifted; 0 to 31.</param>
    /// <param name="line">The line of the model file.</param>
    public SignalWindow(Tensor input, Tensor weights, Tensor output, int shift, int line = -1)
        : base(ImmutableArray.Create(input, weights), ImmutableArray.Create(output), line) => Shift = shift;

    /// <summary>By how many bits products are shifted to the right.</summary>
    public int Shift { get; }

    /// <summary>[n].</summary>
    public Tensor Weights => Inputs[1];

    /// <inheritdoc/>
    public override long Macs => Input.ElementCount;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs => Weights.ElementCount == Output.ElementCount
        ? ImmutableArray.Create(0, 1)
        : ImmutableArray.Create(0);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.Int16, Input, Weights, Output).Concat(RankFrom(Input, 1));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        Checks.Shape(Weights, FromEnd(Input)).Concat(Like(Output, Input));
}
