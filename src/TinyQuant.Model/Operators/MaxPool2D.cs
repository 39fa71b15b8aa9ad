using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's MAX_POOL_2D: the greatest of what a window covers of the image.</summary>
public sealed class MaxPool2D : Pooling
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="output">[batches, height, width, channels].</param>
    /// <param name="filter">Rows and columns of the window.</param>
    /// <param name="window">Stride, padding and activation.</param>
    /// <param name="line">The line of the model file.</param>
    public MaxPool2D(Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, int line = -1)
        : base(input, output, filter, window, line)
    {
    }

    internal static MaxPool2D? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new MaxPool2D(statement.Inputs[0], statement.Outputs[0], ReadFilter(statement),
            WindowOptions.Read(statement.Attributes, hasDilation: false), statement.Line)
        : null;
}
