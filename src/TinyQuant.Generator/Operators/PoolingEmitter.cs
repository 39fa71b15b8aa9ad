using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>AveragePool2D, MaxPool2D and L2Pool2D, int8, int16 and float32.</summary>
internal sealed class PoolingEmitter : IOperatorEmitter
{
    public static readonly PoolingEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var pool = (Pooling)op;
        string input = context.Span(pool.Input);
        KernelArgument geometry = GeometryWriter.Write(pool.Input, pool.Output, pool.Filter, pool.Window);
        (KernelArgument min, KernelArgument max) = Range(pool);
        return context.Call(op, Method(pool), input, geometry, min, max, context.Span(pool.Output));
    }

    private static string Method(Pooling pool) => pool switch
    {
        MaxPool2D => $"Kernels::MaxPool2D.Run<{pool.Input.Type.ToCSharp()}>",
        L2Pool2D => "Kernels::L2Pool2D.Float32",
        { Input.Type: TensorType.Int16 } => "Kernels::AveragePool2D.Int16",
        { Input.Type: TensorType.Float32 } => "Kernels::AveragePool2D.Float32",
        AveragePool2D { IsLegacy: true } => "Kernels::AveragePool2D.Int8HalfUp",
        _ => "Kernels::AveragePool2D.Int8",
    };

    private static (KernelArgument Min, KernelArgument Max) Range(Pooling pool)
    {
        if (pool.Input.Type == TensorType.Float32)
        {
            (float least, float greatest) = ActivationRange.Float32(pool.Window.Activation);
            return (("min", least), ("max", greatest));
        }

        (int min, int max) = ActivationRange.OfCodes(pool.Window.Activation, pool.Output);
        return (("min", min), ("max", max));
    }
}
