namespace TinyQuant.Kernels.Geometry;

/// <summary>One dimension of a window that slides over images: rows or columns.</summary>
/// <param name="input">Rows, or columns, of the input.</param>
/// <param name="output">Those of the output: places of the window.</param>
/// <param name="filter">Taps of the window.</param>
/// <param name="stride">From one place of the window to the next.</param>
/// <param name="dilation">From one tap to the next.</param>
/// <param name="padding">Of the first window what lies before the input.</param>
/// <remarks>Part of the generator too, which plans for the kernels.</remarks>
internal readonly struct WindowAxis(int input, int output, int filter, int stride, int dilation, int padding)
{
    public int Output { get; } = output;
    public int Filter { get; } = filter;
    public int Stride { get; } = stride;

    /// <summary>Whether there is one window of one element, which is the whole input.</summary>
    public bool IsSingle => input == 1 && Output == 1 && Filter == 1 && padding == 0;

    /// <summary>Whether each window is one element of the input, and none is skipped.</summary>
    public bool IsElementwise => Filter == 1 && Stride == 1 && input == Output && padding == 0;

    /// <summary>Whether the taps of a window do not lie side by side.</summary>
    public bool IsSpread => dilation != 1 && Filter > 1;

    /// <summary>Whether every window without dilation lies inside of the input.</summary>
    public bool IsInside => padding == 0 && ((Output - 1L) * Stride) + Filter <= input;

    /// <summary>Windows of one element each.</summary>
    public static WindowAxis OfElements(int count) => new(count, count, filter: 1, stride: 1, dilation: 1, padding: 0);
}
