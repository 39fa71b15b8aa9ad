using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Products of matrices, of reals and of codes.</summary>
internal static class MatrixRules
{
    private const long MostProducts = 1 << 24;

    public static IEnumerable<OperatorRule> All =>
    [
        new("MatMul")
        {
            LeastInputs = 2,
            MostInputs = 2,
            Infer = node => node.SetShape(Product(node.Required(0).Shape, node.Required(1).Shape)),
            Fold = Fold,
        },
        new("MatMulInteger")
        {
            LeastInputs = 2,
            MostInputs = 4,
            Infer = node => node.Set(0, OnnxType.Int32, Product(node.Required(0).Shape, node.Required(1).Shape)),
        },
        new("QLinearMatMul")
        {
            LeastInputs = 8,
            MostInputs = 8,
            Infer = node => node.Set(
                0, node.Required(7).Type, Product(node.Required(0).Shape, node.Required(3).Shape)),
        },
        new("Gemm")
        {
            LeastInputs = 2,
            MostInputs = 3,
            Attributes = ["alpha", "beta", "transA", "transB"],
            Infer = node => node.SetShape(GeneralProduct(node, 0, 1)),
        },
        new("QGemm")
        {
            Domain = Domains.Microsoft,
            LeastInputs = 6,
            MostInputs = 9,
            Attributes = ["alpha", "transA", "transB"],
            Infer = node => node.Set(
                0, node.Input(8)?.Type ?? OnnxType.Float32, GeneralProduct(node, 0, 3)),
        },
        new("DynamicQuantizeMatMul")
        {
            Domain = Domains.Microsoft,
            LeastInputs = 3,
            MostInputs = 5,
            Infer = node => node.SetShape(Product(node.Required(0).Shape, node.Required(1).Shape)),
        },
        new("MatMulIntegerToFloat")
        {
            Domain = Domains.Microsoft,
            LeastInputs = 4,
            MostInputs = 7,
            Infer = node => node.Set(
                0, OnnxType.Float32, Product(node.Required(0).Shape, node.Required(1).Shape)),
        },
        new("Einsum") { Attributes = ["equation"], Infer = InferEinsum },
    ];

    /// <summary>The shape of a product of matrices, or of stacks of them; a vector is a row, or a column.</summary>
    private static ImmutableArray<int> Product(ImmutableArray<int> left, ImmutableArray<int> right)
    {
        Inferring.Require(!left.IsEmpty && !right.IsEmpty, "one of its inputs has no dimensions");
        ImmutableArray<int> a = left.Length == 1 ? [1, left[0]] : left;
        ImmutableArray<int> b = right.Length == 1 ? [right[0], 1] : right;
        Inferring.Require(a[^1] == b[^2], $"matrices {Shapes.Text(left)} and {Shapes.Text(right)} do not fit");
        ImmutableArray<int> stacks = Broadcasting.Shape(a[..^2], b[..^2]);
        return [.. stacks, .. left.Length == 1 ? (int[])[] : [a[^2]], .. right.Length == 1 ? (int[])[] : [b[^1]]];
    }

    private static ImmutableArray<int> GeneralProduct(Node node, int left, int right)
    {
        node.RequireRank(left, 2, 2);
        node.RequireRank(right, 2, 2);
        ImmutableArray<int> a = node.Required(left).Shape, b = node.Required(right).Shape;
        bool turnsA = node.Attributes.Flag("transA"), turnsB = node.Attributes.Flag("transB");
        (int rows, int depth) = turnsA ? (a[1], a[0]) : (a[0], a[1]);
        (int otherDepth, int columns) = turnsB ? (b[1], b[0]) : (b[0], b[1]);
        Inferring.Require(depth == otherDepth, $"matrices {Shapes.Text(a)} and {Shapes.Text(b)} do not fit");
        if (left == 0 && right == 1 && node.Input(2) is { } bias)
        {
            Inferring.Require(Broadcasting.Shape(bias.Shape, [rows, columns]).SequenceEqual([rows, columns]),
                $"what it adds is {bias.TypeAndShape}; expected what fits " + Invariant($"[{rows},{columns}]"));
        }

        return [rows, columns];
    }

    private static Constant[]? Fold(Node node)
    {
        Constant a = node.Required(0).Constant!, b = node.Required(1).Constant!;
        ImmutableArray<int> shape = node.Output.Shape;
        int depth = a.Shape[^1];
        if (!a.Type.IsReal() || a.Shape.Length < 2 || b.Shape.Length < 2
            || Shapes.Count(shape) * depth > MostProducts)
        {
            return null;
        }

        int rows = shape[^2], columns = shape[^1];
        int[] lefts = Broadcasting.Map([.. a.Shape[..^2]], shape[..^2]);
        int[] rights = Broadcasting.Map([.. b.Shape[..^2]], shape[..^2]);
        double[] products = new double[Shapes.Count(shape)];
        ReadOnlySpan<float> x = a.Floats, y = b.Floats;
        for (int i = 0; i < products.Length; i++)
        {
            int stack = i / (rows * columns), row = i / columns % rows, column = i % columns;
            int at = ((lefts[stack] * rows) + row) * depth, other = (rights[stack] * depth * columns) + column;
            double sum = 0;
            for (int d = 0; d < depth; d++)
            {
                sum += (double)x[at + d] * y[other + (d * columns)];
            }

            products[i] = sum;
        }

        return [Computed.Reals(a.Type, shape, products)];
    }

    /// <summary>An equation of letters without dots.</summary>
    private static void InferEinsum(Node node)
    {
        string equation = node.Attributes.String("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        Inferring.Require(terms.Length == node.Inputs.Count && sides.Length <= 2 && !equation.Contains('.'),
            $"its equation '{Places.Shown(equation)}' is not one of {node.Inputs.Count} terms of letters");
        var sizes = new Dictionary<char, int>();
        for (int i = 0; i < terms.Length; i++)
        {
            ImmutableArray<int> shape = node.Required(i).Shape;
            Inferring.Require(terms[i].Length == shape.Length,
                $"term '{Places.Shown(terms[i])}' does not fit {node.Required(i).TypeAndShape}");
            foreach ((char letter, int size) in terms[i].Zip(shape))
            {
                Inferring.Require(sizes.TryAdd(letter, size) || sizes[letter] == size,
                    $"letter '{letter}' of its equation stands for two sizes");
            }
        }

        string result = sides.Length == 2 ? sides[1] : new string([.. terms.SelectMany(t => t)
            .GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order()]);
        Inferring.Require(result.All(sizes.ContainsKey), $"its equation '{Places.Shown(equation)}' makes no sense");
        node.SetShape([.. result.Select(c => sizes[c])]);
    }
}
