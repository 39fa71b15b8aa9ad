using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Functions of one element: the output is as the input.</summary>
internal static class UnaryRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        Of("Abs", Math.Abs, x => checked(Math.Abs(x))),
        Of("Neg", x => -x, x => checked(-x)),
        Of("Sign", x => double.IsNaN(x) ? x : Math.Sign(x), x => Math.Sign(x)),
        Of("Floor", Math.Floor),
        Of("Ceil", Math.Ceiling),
        Of("Round", x => Math.Round(x, MidpointRounding.ToEven)),
        Of("Sqrt", Math.Sqrt),
        Of("Exp", Math.Exp),
        Of("Log", Math.Log),
        Of("Reciprocal", x => 1 / x),
        Of("Sin", Math.Sin), Of("Cos", Math.Cos), Of("Tan", Math.Tan),
        Of("Asin", Math.Asin), Of("Acos", Math.Acos), Of("Atan", Math.Atan),
        Of("Sinh", Math.Sinh), Of("Cosh", Math.Cosh), Of("Tanh", Math.Tanh),
        Of("Asinh", Math.Asinh), Of("Acosh", Math.Acosh), Of("Atanh", Math.Atanh),
        Of("Sigmoid", x => 1 / (1 + Math.Exp(-x))),
        Of("Relu", x => x < 0 ? 0 : x, x => Math.Max(0, x)),
        Of("Softplus", x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))),
        Of("Softsign", x => x / (1 + Math.Abs(x))),
        Of("Not", null, x => 1 - x),
        Of("BitwiseNot", null, x => ~x),
        Kept("Erf"), Kept("Mish"), Kept("HardSwish"),
        Kept("LeakyRelu", "alpha"), Kept("Elu", "alpha"), Kept("Celu", "alpha"), Kept("Selu", "alpha", "gamma"),
        Kept("ThresholdedRelu", "alpha"), Kept("HardSigmoid", "alpha", "beta"), Kept("Shrink", "bias", "lambd"),
        Kept("Gelu", "approximate"), Kept("Swish", "alpha"),
        Truth("IsNaN"), Truth("IsInf", "detect_negative", "detect_positive"),
    ];

    private static OperatorRule Of(
        string name, Func<double, double>? real, Func<long, long>? integer = null) => new(name)
        {
            MostInputs = 1,
            Infer = Inferring.SetAlike,
            Fold = node => Fold(node.Required(0).Constant!, real, integer),
        };

    /// <summary>One that is not evaluated.</summary>
    private static OperatorRule Kept(string name, params string[] attributes) => new(name)
    {
        MostInputs = 1,
        Attributes = attributes,
        Infer = Inferring.SetAlike,
    };

    private static OperatorRule Truth(string name, params string[] attributes) => new(name)
    {
        MostInputs = 1,
        Attributes = attributes,
        Infer = node => node.Set(0, OnnxType.Bool, node.Required(0).Shape),
    };

    private static Constant[]? Fold(Constant x, Func<double, double>? real, Func<long, long>? integer) =>
        x.Type.IsReal() && real is not null
            ? [Computed.Reals(x.Type, x.Shape, Array.ConvertAll(x.Doubles.ToArray(), v => real(v)))]
        : x.Type.IsInteger() && integer is not null
            ? [Computed.Integers(x.Type, x.Shape, Array.ConvertAll(x.Integers.ToArray(), v => integer(v)))]
        : throw new UnsupportedException($"its input is {x}, of which it is no function");
}
