namespace TinyQuant.Model;

/// <summary>A function of each element that TensorFlow Lite Micro has in float32 alone.</summary>
public abstract class RealFunction : UnaryOperator
{
    private protected RealFunction(Tensor input, Tensor output, int line)
        : base(input, output, line)
    {
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => [TensorType.Float32];
}
