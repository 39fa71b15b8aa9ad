namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalRfft: real numbers to their spectrum. Integers are scaled by 1 / N, reals are not. Fewer numbers than N
/// count as if zeros followed.
/// </summary>
/// <param name="input">[..,n], where n is at most N.</param>
/// <param name="output">[..,N + 2].</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalRfft(Tensor input, Tensor output, int line = -1) : SignalFft(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new SignalRfft(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    public override int Length => FromEnd(Output) - 2;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        foreach (string error in LengthErrors().Concat(Checks.Shape(Output, Sizes(Input, 1, FromEnd(Output)))))
        {
            yield return error;
        }

        if (FromEnd(Input) > Length)
        {
            yield return Invariant($"'{Input.Name}' {Input.ShapeText} has more numbers than a transform of {Length}; ")
                + "expected as many or fewer";
        }
    }
}
