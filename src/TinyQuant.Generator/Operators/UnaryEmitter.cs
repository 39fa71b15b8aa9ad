using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// Functions of one element: int8 by a table of 256 answers, int16 by lines or tables of steps, float32 by a kernel.
/// </summary>
internal sealed class UnaryEmitter : IOperatorEmitter
{
    public static readonly UnaryEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var unary = (UnaryOperator)op;
        string input = context.Span(unary.Input);
        string output = context.Span(unary.Output);
        if (unary.Input.Type == TensorType.Int8)
        {
            sbyte[] table = UnaryTable.Of(unary, context.Graph, context.FixedPointRounding);
            byte[] bytes = MemoryMarshal.AsBytes(table.AsSpan()).ToArray();
            return context.Call(op, "Kernels::LookupTable.Int8", input,
                context.Bake(unary.Output.Name + ".table", TensorType.Int8, bytes,
                    $"{op.Kind} of each code, from -128 on"), output);
        }

        if (unary.Input.Type == TensorType.Int16)
        {
            return UnaryInt16Emitter.Lower(unary, context, input, output);
        }

        return op switch
        {
            Relu => context.Call(
                op, "Kernels::Activations.Clamp", input, ("least", 0f), ("greatest", float.PositiveInfinity), output),
            Relu6 => context.Call(op, "Kernels::Activations.Clamp", input, ("least", 0f), ("greatest", 6f), output),
            ReluN1To1 => context.Call(
                op, "Kernels::Activations.Clamp", input, ("least", -1f), ("greatest", 1f), output),
            LeakyRelu leaky => context.Call(
                op, "Kernels::Activations.LeakyRelu", input, ("alpha", leaky.Alpha), output),
            _ => context.Call(op, $"Kernels::Activations.{op.Kind}", input, output),
        };
    }
}
