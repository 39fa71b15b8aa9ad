using TinyQuant.Kernels;

namespace TinyQuant.Tests;

/// <summary>A float32 kernel of one element, from span to span.</summary>
internal delegate void UnaryKernel(ReadOnlySpan<float> input, Span<float> output);

/// <summary>
/// The float32 kernels of operators that have no attributes, each with its formula. A new one is a line here.
/// </summary>
internal static class UnaryKernels
{
    /// <summary>The operator, which is the kernel's name too; the kernel; and what it computes.</summary>
    public static (string Kind, UnaryKernel Run, Func<double, double> Formula)[] All { get; } =
    [
        ("Abs", Activations.Abs, Math.Abs),
        ("Ceil", Activations.Ceil, Math.Ceiling),
        ("Cos", Activations.Cos, Math.Cos),
        ("Elu", Activations.Elu, x => x < 0 ? Math.Exp(x) - 1 : x),
        ("Exp", Activations.Exp, Math.Exp),
        ("Floor", Activations.Floor, Math.Floor),
        ("HardSwish", Activations.HardSwish, x => x * Math.Clamp(x + 3, 0, 6) / 6),
        ("Log", Activations.Log, Math.Log),
        ("Logistic", Activations.Logistic, x => 1 / (1 + Math.Exp(-x))),
        ("Neg", Activations.Neg, x => -x),
        ("Round", Activations.Round, x => Math.Round(x)),
        ("Rsqrt", Activations.Rsqrt, x => 1 / Math.Sqrt(x)),
        ("Sin", Activations.Sin, Math.Sin),
        ("Sqrt", Activations.Sqrt, Math.Sqrt),
        ("Square", Activations.Square, x => x * x),
        ("Tanh", Activations.Tanh, Math.Tanh),
    ];
}
