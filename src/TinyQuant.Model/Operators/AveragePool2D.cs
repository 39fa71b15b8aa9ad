using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's AVERAGE_POOL_2D: the mean of what a window covers of the image; what lies outside does not count.</summary>
public sealed class AveragePool2D : Pooling
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="output">[batches, height, width, channels].</param>
    /// <param name="filter">Rows and columns of the window.</param>
    /// <param name="window">Stride, padding and activation.</param>
    /// <param name="line">The line of the model file.</param>
    public AveragePool2D(Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, int line = -1)
        : base(input, output, filter, window, line)
    {
    }

    internal static AveragePool2D? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new AveragePool2D(statement.Inputs[0], statement.Outputs[0], ReadFilter(statement),
            WindowOptions.Read(statement.Attributes, hasDilation: false), statement.Line)
        : null;
}
