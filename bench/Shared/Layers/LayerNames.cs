namespace TinyQuant.Bench;

/// <summary>Operators and arithmetic as tables and legends call them.</summary>
internal static class LayerNames
{
    public static string Name(this LayerOperator op) => op switch
    {
        LayerOperator.Conv3x3 => "Conv2D 3×3",
        LayerOperator.Conv1x1 => "Conv2D 1×1",
        LayerOperator.Depthwise3x3 => "DepthwiseConv2D 3×3",
        _ => "FullyConnected",
    };

    public static string Name(this Arithmetic arithmetic) => arithmetic switch
    {
        Arithmetic.Int8FloatEven => "int8 float-even",
        Arithmetic.Int8Double => "int8 double",
        _ => "fp32",
    };
}
