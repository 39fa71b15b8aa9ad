using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Functions of two elements, or more, of tensors that are broadcast to one shape.</summary>
internal static class BinaryRules
{
    private delegate double OfReals(double x, double y);

    private delegate long OfIntegers(long x, long y);

    public static IEnumerable<OperatorRule> All =>
    [
        Two("Add", (x, y) => x + y, (x, y) => checked(x + y)),
        Two("Sub", (x, y) => x - y, (x, y) => checked(x - y)),
        Two("Mul", (x, y) => x * y, (x, y) => checked(x * y)),
        Two("Div", (x, y) => x / y, Divide),
        Two("And", null, (x, y) => x & y), Two("Or", null, (x, y) => x | y), Two("Xor", null, (x, y) => x ^ y),
        Two("BitwiseAnd", null, (x, y) => x & y), Two("BitwiseOr", null, (x, y) => x | y),
        Two("BitwiseXor", null, (x, y) => x ^ y),
        Two("Pow", Math.Pow, Power) with { Infer = InferPower, Fold = FoldPower },
        Two("Mod", null, null) with { Attributes = ["fmod"], Fold = FoldModulo },
        Two("PRelu", null, null) with { Infer = InferSlope, Fold = null },
        Two("BitShift", null, null) with { Attributes = ["direction"], Fold = null },
        Comparison("Equal", (x, y) => x == y), Comparison("Less", (x, y) => x < y),
        Comparison("LessOrEqual", (x, y) => x <= y), Comparison("Greater", (x, y) => x > y),
        Comparison("GreaterOrEqual", (x, y) => x >= y),
        Many("Max", (x, y) => double.IsNaN(x) || x > y ? x : y, Math.Max),
        Many("Min", (x, y) => double.IsNaN(x) || x < y ? x : y, Math.Min),
        Many("Sum", (x, y) => x + y, (x, y) => checked(x + y)),
        Many("Mean", (x, y) => x + y, null) with { Fold = FoldMean },
    ];

    private static OperatorRule Two(string name, OfReals? reals, OfIntegers? integers) => new(name)
    {
        LeastInputs = 2,
        MostInputs = 2,
        Infer = Infer,
        Fold = node => [Fold(node, reals, integers)],
    };

    private static OperatorRule Many(string name, OfReals reals, OfIntegers? integers) => new(name)
    {
        Infer = Infer,
        Fold = node => [Fold(node, reals, integers)],
    };

    private static OperatorRule Comparison(string name, Func<double, double, bool> compare) => new(name)
    {
        LeastInputs = 2,
        MostInputs = 2,
        Infer = node =>
        {
            RequireOneType(node);
            node.Set(0, OnnxType.Bool, Shape(node));
        },
        Fold = node => [Compare(node, compare)],
    };

    private static void Infer(Node node)
    {
        RequireOneType(node);
        node.Set(0, node.Required(0).Type, Shape(node));
    }

    private static void InferPower(Node node) => node.Set(0, node.Required(0).Type, Shape(node));

    /// <summary>A slope is stretched to the input and never the other way.</summary>
    private static void InferSlope(Node node)
    {
        Infer(node);
        Inferring.Require(node.Output.Shape.SequenceEqual(node.Required(0).Shape),
            $"its slopes are {node.Required(1).TypeAndShape}; expected what fits into {node.Required(0).TypeAndShape}");
    }

    private static ImmutableArray<int> Shape(Node node) =>
        Broadcasting.Shape(Enumerable.Range(0, node.Inputs.Count).Select(i => node.Required(i).Shape));

    /// <summary>Reals of all sizes are one type here, where halves are computed with as float32.</summary>
    private static void RequireOneType(Node node)
    {
        OnnxType first = node.Required(0).Type;
        foreach (Value input in node.Inputs.OfType<Value>())
        {
            Inferring.Require(input.Type == first || (input.Type.IsReal() && first.IsReal()),
                $"its inputs are of {first.Word()} and {input.Type.Word()}; expected one type");
        }
    }

    private static Constant Fold(Node node, OfReals? reals, OfIntegers? integers)
    {
        Constant result = node.Required(0).Constant!;
        for (int i = 1; i < node.Inputs.Count; i++)
        {
            result = Fold(result, node.Required(i).Constant!, reals, integers);
        }

        return result;
    }

    private static Constant Fold(Constant x, Constant y, OfReals? reals, OfIntegers? integers)
    {
        ImmutableArray<int> shape = Broadcasting.Shape(x.Shape, y.Shape);
        int[] xs = Broadcasting.Map(x.Shape, shape), ys = Broadcasting.Map(y.Shape, shape);
        if (x.Type.IsReal() && reals is not null)
        {
            double[] values = new double[xs.Length];
            ReadOnlySpan<double> left = x.Doubles, right = y.Doubles;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = reals(left[xs[i]], right[ys[i]]);
            }

            return Computed.Reals(x.Type, shape, values);
        }

        if (integers is null)
        {
            throw new UnsupportedException($"its inputs are {x} and {y}, of which it is no function");
        }

        long[] results = new long[xs.Length];
        ReadOnlySpan<long> lefts = x.Integers, rights = y.Integers;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = integers(lefts[xs[i]], rights[ys[i]]);
        }

        return Computed.Integers(x.Type, shape, results);
    }

    private static Constant[] FoldMean(Node node)
    {
        Constant sum = Fold(node, (x, y) => x + y, null);
        double count = node.Inputs.Count;
        return [Computed.Reals(sum.Type, sum.Shape, Array.ConvertAll(sum.Doubles.ToArray(), v => v / count))];
    }

    /// <summary>The power is of the first input's type, whatever the second one's.</summary>
    private static Constant[] FoldPower(Node node)
    {
        Constant x = node.Required(0).Constant!, y = node.Required(1).Constant!;
        if (x.Type.IsReal() || y.Type.IsInteger())
        {
            return [Fold(x, y, Math.Pow, Power)];
        }

        Constant real = Fold(Computed.Reals(OnnxType.Float64, x.Shape, x.Doubles.ToArray()), y, Math.Pow, null);
        return [Computed.Integers(x.Type, real.Shape, Array.ConvertAll(real.Doubles.ToArray(), v => checked((long)v)))];
    }

    private static Constant[] FoldModulo(Node node)
    {
        bool isC = node.Attributes.Flag("fmod");
        return [Fold(node, isC ? (x, y) => x % y : null, isC ? Rest : FloorRest)];
    }

    private static Constant Compare(Node node, Func<double, double, bool> compare)
    {
        Constant x = node.Required(0).Constant!, y = node.Required(1).Constant!;
        ImmutableArray<int> shape = Broadcasting.Shape(x.Shape, y.Shape);
        int[] xs = Broadcasting.Map(x.Shape, shape), ys = Broadcasting.Map(y.Shape, shape);
        long[] results = new long[xs.Length];
        if (x.Type.IsInteger() && y.Type.IsInteger())
        {
            // Reals do not hold all of them; how two compare, a sign says as well.
            ReadOnlySpan<long> lefts = x.Integers, rights = y.Integers;
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = compare(lefts[xs[i]].CompareTo(rights[ys[i]]), 0) ? 1 : 0;
            }

            return new Constant(OnnxType.Bool, shape, results);
        }

        ReadOnlySpan<double> left = x.Doubles, right = y.Doubles;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = compare(left[xs[i]], right[ys[i]]) ? 1 : 0;
        }

        return new Constant(OnnxType.Bool, shape, results);
    }

    private static long Divide(long x, long y) => y == 0 ? throw ByZero() : checked(x / y);

    private static long Rest(long x, long y) => y == 0 ? throw ByZero() : y == -1 ? 0 : x % y;

    /// <summary>The rest has the sign of the divisor, as Python's.</summary>
    private static long FloorRest(long x, long y) =>
        Rest(x, y) is var rest && rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;

    private static long Power(long x, long y)
    {
        long power = 1;
        for (; y > 0 && power != 0; y--)
        {
            power = checked(power * x);
            if (x is 1 or -1)
            {
                return x == 1 || y % 2 == 0 ? 1 : -1;
            }
        }

        return y < 0 ? throw new UnsupportedException("an integer has a negative power, which is no integer") : power;
    }

    private static UnsupportedException ByZero() => new("an integer is divided by zero");
}
