using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's AVERAGE_POOL_2D: the mean of what a window covers of the image; what lies outside does not count.
/// </summary>
/// <param name="input">[batches, height, width, channels].</param>
/// <param name="output">[batches, height, width, channels].</param>
/// <param name="filter">Rows and columns of the window.</param>
/// <param name="window">Stride, padding and activation.</param>
/// <param name="line">The line of the model file.</param>
/// <param name="isLegacy">Whether it computes as the uint8 kernel of TensorFlow 1 did.</param>
public sealed class AveragePool2D(
    Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, int line = -1,
    bool isLegacy = false)
    : Pooling(input, output, filter, window, line)
{
    private static readonly OperatorAttribute<bool> s_legacy =
        AttributesOf<AveragePool2D>.Flag("legacy", o => o.IsLegacy);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new AveragePool2D(
            p.Input, p.Output, FilterOf(p), p.Get(s_window), p.Line, p.Get(s_legacy)), s_filter, s_window, s_legacy);

    /// <summary>
    /// Whether it computes as the uint8 kernel of TensorFlow 1 did, all codes less 128: halves are rounded up, where
    /// else it is away from zero.
    /// </summary>
    public bool IsLegacy { get; } = isLegacy;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => base.Validate().Concat(Checks.LegacyErrors(IsLegacy, Input));
}
