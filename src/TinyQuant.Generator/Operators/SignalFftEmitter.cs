using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Fourier transforms, whose twiddles are worked out here.</summary>
internal sealed class SignalFftEmitter : IOperatorEmitter
{
    public static readonly SignalFftEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var fft = (SignalFft)op;
        bool isInverse = op is SignalIrfft;
        TensorType type = fft.Input.Type;
        string name = fft.Output.Name;
        int count = fft.Length / 2;
        context.Budget.Require(context.OperatorIndex, 3L * count * type.SizeInBytes());
        List<KernelArgument> arguments =
        [
            context.Span(fft.Input), ("rows", fft.Rows),
            context.Bake(name + ".radices", [.. fft.Radices], "radices of the stages"),
            context.Bake(name + ".twiddles", type, TwiddleTable.Bytes(type, count, isInverse), "twiddle factors"),
            context.Bake(name + ".halfTwiddles", type, TwiddleTable.HalfBytes(type, count, isInverse),
                "twiddle factors of half a step between"),
        ];
        if (isInverse)
        {
            arguments.Add(context.Scratch(name + ".pairs", type, fft.Length));
        }

        arguments.Add(context.Span(fft.Output));
        string codes = type == TensorType.Float32 ? "Float32" : type == TensorType.Int16 ? "Int16" : "Int32";
        return context.Call(op, $"Kernels::{op.Kind}.{codes}", [.. arguments]);
    }
}
