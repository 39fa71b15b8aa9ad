using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>AVERAGE_POOL_2D, L2_POOL_2D and MAX_POOL_2D.</summary>
internal static class PoolingMapping
{
    public static MappedOperator Average(OperatorSource source)
    {
        (WindowOptions window, (int, int) filter) = Window(source);
        return source.Map(
            (inputs, outputs) => new AveragePool2D(
                inputs[0], outputs[0], filter, window, isLegacy: source.IsLegacy), 0);
    }

    public static MappedOperator L2(OperatorSource source)
    {
        (WindowOptions window, (int, int) filter) = Window(source);
        return source.Map((inputs, outputs) => new L2Pool2D(inputs[0], outputs[0], filter, window), 0);
    }

    public static MappedOperator Max(OperatorSource source)
    {
        (WindowOptions window, (int, int) filter) = Window(source);
        return source.Map((inputs, outputs) => new MaxPool2D(inputs[0], outputs[0], filter, window), 0);
    }

    private static (WindowOptions Window, (int Height, int Width) Filter) Window(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 5, fields: 6);
        (int height, int width) = options.HeightWidth(1, 2);
        return (new WindowOptions(height, width, Padding: options.Padding(0), Activation: options.Activation(5)),
            options.HeightWidth(3, 4));
    }
}
