using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalFilterBankSpectralSubtraction: channels less the noise in them, which is estimated by what they
/// were before.
/// </summary>
public sealed class SignalFilterBankSpectralSubtraction : SignalOperator
{
    private static readonly OperatorAttribute<int>[] s_numbers =
    [
        Number("smoothing", o => o.Even.New), Number("one_minus_smoothing", o => o.Even.Old),
        Number("alternate_smoothing", o => o.Odd.New), Number("alternate_one_minus_smoothing", o => o.Odd.Old),
        Number("min_signal_remaining", o => o.MinSignalRemaining), Number("smoothing_bits", o => o.SmoothingBits, 31),
        Number("spectral_subtraction_bits", o => o.SubtractionBits, 63),
    ];

    private static readonly OperatorAttribute<bool> s_clamping =
        AttributesOf<SignalFilterBankSpectralSubtraction>.Flag("clamping", o => o.Subtraction.Clamping);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 2, p =>
        {
            int[] n = [.. s_numbers.Select(a => p.Get(a))];
            return new SignalFilterBankSpectralSubtraction(
                p.Input, p.Inputs[1], p.Output, p.Outputs[1],
                new SpectralSubtraction(new(n[0], n[1]), new(n[2], n[3]), n[4], n[5], n[6], p.Get(s_clamping)), p.Line);
        },
        [.. s_numbers, s_clamping]);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">uint32, the channels.</param>
    /// <param name="state">The input's type and shape, a variable tensor: the estimate of noise.</param>
    /// <param name="output">The channels less noise.</param>
    /// <param name="estimate">A copy of the state behind the run.</param>
    /// <param name="subtraction">How noise is estimated, and what remains.</param>
    /// <param name="line">The line of the model file.</param>
    public SignalFilterBankSpectralSubtraction(
        Tensor input, Tensor state, Tensor output, Tensor estimate, SpectralSubtraction subtraction, int line = -1)
        : base(ImmutableArray.Create(input, state), ImmutableArray.Create(output, estimate), line) =>
        Subtraction = subtraction;

    /// <summary>How noise is estimated, and what remains.</summary>
    public SpectralSubtraction Subtraction { get; }

    /// <summary>The estimate of noise.</summary>
    public Tensor State => Inputs[1];

    /// <summary>The same behind a run.</summary>
    public Tensor Estimate => Outputs[1];

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(1);

    /// <inheritdoc/>
    public override long Macs => 3L * Input.ElementCount;

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.UInt32, Input, State, Output, Estimate);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        Like(State, Input).Concat(Like(Output, Input)).Concat(Like(Estimate, Input));

    private static OperatorAttribute<int> Number(
        string key, Func<SpectralSubtraction, int> get, int most = int.MaxValue) =>
        AttributesOf<SignalFilterBankSpectralSubtraction>.Integer(key, o => get(o.Subtraction), 0, most);
}
