namespace TinyQuant.Kernels.Convolution;

/// <summary>Where the inputs of windows are read.</summary>
internal enum InputSource
{
    /// <summary>The input: every window lies inside.</summary>
    Input,

    /// <summary>Padded rows.</summary>
    Rows,

    /// <summary>Whole windows, whose taps do not lie side by side, or which lie far from each other.</summary>
    Patches,
}
