using TinyQuant.Model;

namespace TinyQuant.Training.Layers;

/// <summary>The window of a convolution or pool.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Stride">Rows from one window to the next, and columns where <see cref="StrideWidth"/> says nothing
/// else.</param>
/// <param name="Padding">Where windows lie at the borders.</param>
public readonly record struct Window(int Height, int Width, int Stride = 1, Padding Padding = Padding.Same)
{
    private readonly int? _strideWidth;

    /// <summary>Columns from one window to the next.</summary>
    public int StrideWidth
    {
        get => _strideWidth ?? Stride;
        init => _strideWidth = value;
    }

    /// <summary>The window in the model's terms.</summary>
    internal WindowOptions ToOptions(Activation activation = Activation.None) =>
        new(Stride, StrideWidth, Padding: Padding, Activation: activation);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StrideWidth, 1);
    }
}
