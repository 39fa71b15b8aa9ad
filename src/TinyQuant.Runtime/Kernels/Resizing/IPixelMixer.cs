namespace TinyQuant.Kernels.Resizing;

/// <summary>A pixel of the output, mixed of four of the input, channel by channel.</summary>
/// <typeparam name="TSelf">What implements it.</typeparam>
/// <typeparam name="T">An element.</typeparam>
/// <typeparam name="TPart">How far a pixel lies from one of the input to the next.</typeparam>
internal interface IPixelMixer<TSelf, T, TPart>
    where TSelf : struct, IPixelMixer<TSelf, T, TPart>
{
    /// <summary>The mixer of a pixel.</summary>
    /// <param name="down">How far it lies from the upper row to the lower one.</param>
    /// <param name="across">How far it lies from the left column to the right one.</param>
    static abstract TSelf Of(TPart down, TPart across);

    /// <summary>One channel.</summary>
    T Mix(T upperLeft, T lowerLeft, T upperRight, T lowerRight);
}
