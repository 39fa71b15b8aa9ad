using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>TFLM's SignalFilterBankLog: natural logarithms of integers, times a scale.</summary>
public sealed class SignalFilterBankLog : SignalOperator
{
    private const int MostBits = 31;

    private static readonly OperatorAttribute<int> s_scale = AttributesOf<SignalFilterBankLog>.Integer(
        "output_scale", o => o.OutputScale, int.MinValue, int.MaxValue);
    private static readonly OperatorAttribute<int> s_bits = AttributesOf<SignalFilterBankLog>.Integer(
        "input_correction_bits", o => o.InputCorrectionBits, 0, MostBits);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new SignalFilterBankLog(p.Input, p.Output, p.Get(s_scale), p.Get(s_bits), p.Line), s_scale, s_bits);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">uint32.</param>
    /// <param name="output">int16, the input's shape.</param>
    /// <param name="outputScale">What logarithms are multiplied by.</param>
    /// <param name="inputCorrectionBits">By how many bits the input is shifted to the left before; 0 to 31.</param>
    /// <param name="line">The line of the model file.</param>
    public SignalFilterBankLog(
        Tensor input, Tensor output, int outputScale, int inputCorrectionBits, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        OutputScale = outputScale;
        InputCorrectionBits = inputCorrectionBits;
    }

    /// <summary>What logarithms are multiplied by.</summary>
    public int OutputScale { get; }

    /// <summary>By how many bits the input is shifted to the left before.</summary>
    public int InputCorrectionBits { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.UInt32, Input).Concat(Type(TensorType.Int16, Output));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => Like(Output, Input);
}
