namespace TinyQuant.Model;

/// <summary>TFLM's SignalIrfft: a spectrum to its real numbers. Reals are divided by N.</summary>
/// <param name="input">[..,N + 2].</param>
/// <param name="output">[..,N].</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalIrfft(Tensor input, Tensor output, int line = -1) : SignalFft(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new SignalIrfft(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    public override int Length => FromEnd(Output);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        LengthErrors().Concat(Checks.Shape(Input, Sizes(Output, 1, Length + 2L)));
}
