using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>
/// Products of matrices: with constants, dense layers; of activations, products of stacks of matrices.
/// </summary>
internal static class DenseMappings
{
    public static IEnumerable<OnnxMapping> All => [new("Gemm", Gemm), new("MatMul", MatMul)];

    private static void Gemm(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0), weights = node.Required(1);
        bool turnsX = node.Attributes.Flag("transA"), turnsWeights = node.Attributes.Flag("transB");
        float alpha = node.Attributes.Float("alpha", 1), beta = node.Attributes.Float("beta", 1);
        Value? bias = node.Input(2);
        if (!weights.IsConstant || x.IsConstant)
        {
            Product(network, node, writer, turnsX, turnsWeights, alpha, beta);
            return;
        }

        int units = node.Output.Shape[1];
        bool isDense = bias is null || (bias.IsConstant && IsRow(bias.Shape, units));
        float[] biases = bias is null || !isDense ? [] : Row(bias.Constant!, units, beta);
        Activation activation = isDense ? Fusion.Take(network, node) : Activation.None;
        Constant known = weights.Constant!;
        Tensor y = turnsX
            ? Dense(
                writer, node.Output, writer.Read(x, AxisOrder.Of(x.Shape, [1, 0]), [x.Shape[1], x.Shape[0]]),
                Weights(known, !turnsWeights, alpha, null), biases, activation)
            : DenseOf(writer, node.Output, x, known, !turnsWeights, alpha, biases, activation);
        if (!isDense)
        {
            Tensor added = writer.Read(bias!);
            y = writer.Plus(node.Output.Name, y, beta == 1 ? added : writer.Times(node.Output.Name, added, beta));
        }

        writer.Store(node.Output, y, AxisOrder.RowMajor(node.Output.Shape));
    }

    private static void MatMul(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0), weights = node.Required(1);
        if (!weights.IsConstant || x.IsConstant || weights.Rank != 2)
        {
            Product(network, node, writer, false, false, 1, 0);
            return;
        }

        float[] bias = TakeBias(network, node, weights.Shape[1]);
        Activation activation = Fusion.Take(network, node);
        Tensor y = DenseOf(writer, node.Output, x, weights.Constant!, isTurned: true, 1, bias, activation);
        writer.Store(node.Output, y, AxisOrder.RowMajor(node.Output.Shape));
    }

    /// <summary>A constant that is added to what a node computes, and nothing else reads.</summary>
    private static float[] TakeBias(Network network, Node node, int units)
    {
        if (node.Output.Type != OnnxType.Float32 || node.Output.OnlyReader is not { } reader || !reader.Is("Add")
            || !reader.Output.Shape.SequenceEqual(node.Output.Shape))
        {
            return [];
        }

        Value other = reader.Required(reader.Required(0) == node.Output ? 1 : 0);
        if (!other.IsConstant || !IsRow(other.Shape, units))
        {
            return [];
        }

        float[] bias = Row(other.Constant!, units, 1);
        Value result = reader.Output;
        network.Remove(reader);
        node.SetOutputs([result]);
        return bias;
    }

    /// <summary>
    /// A dense layer over the last dimension; its weights are stored in the order in which that one lies.
    /// </summary>
    private static Tensor DenseOf(
        GraphWriter writer, Value output, Value x, Constant weights, bool isTurned, float factor, float[] bias,
        Activation activation)
    {
        int depth = x.Shape[^1], last = x.Rank - 1;
        AxisOrder order = writer.Find(x).Order;
        int[] ofDepth = [.. order.Factors(last)];
        int rows = order.Memory.Length - ofDepth.Length;

        // The depth behind all else, which lies as ONNX counts it.
        bool isLast = order.Memory.Take(rows).SequenceEqual(Enumerable.Range(0, rows));
        order = isLast ? order : AxisOrder.RowMajor(x.Shape);
        int[]? columns = isLast ? DepthOrder(order, ofDepth, rows) : null;
        Tensor input = writer.Read(x, order, [(int)(Shapes.Count(x.Shape) / depth), depth]);
        return Dense(writer, output, input, Weights(weights, isTurned, factor, columns), bias, activation);
    }

    /// <summary>For each place of the depth in memory, the column of the weights that belongs there.</summary>
    private static int[]? DepthOrder(AxisOrder order, int[] factors, int rows)
    {
        if (factors.Length < 2)
        {
            return null;
        }

        ImmutableArray<int> sizes = [.. factors.Select(f => order.Sizes[f])];
        return OrderedConstants.Sources(AxisOrder.Of(
            sizes, [.. order.Memory.Skip(rows).Select(f => Array.IndexOf(factors, f))]));
    }

    private static Tensor Dense(
        GraphWriter writer, Value output, Tensor rows, (float[] Elements, int Units) weights, float[] bias,
        Activation activation)
    {
        Tensor filter = writer.NewConstant(
            output.Name + "_weights", [weights.Units, rows.Shape[1]], weights.Elements);
        Tensor y = writer.New(output, [rows.Shape[0], weights.Units]);
        ImmutableArray<Tensor> inputs = bias.Length == 0
            ? [rows, filter]
            : [rows, filter, writer.NewConstant(output.Name + "_bias", [weights.Units], bias)];
        writer.Add(new FullyConnected(inputs, y, activation));
        return y;
    }

    /// <summary>[units, depth], of [units, depth] or, turned, [depth, units].</summary>
    private static (float[] Elements, int Units) Weights(Constant weights, bool isTurned, float factor, int[]? columns)
    {
        int units = weights.Shape[isTurned ? 1 : 0], depth = weights.Shape[isTurned ? 0 : 1];
        var elements = new float[units * depth];
        ReadOnlySpan<float> source = weights.Floats;
        for (int u = 0; u < units; u++)
        {
            for (int d = 0; d < depth; d++)
            {
                int column = columns is null ? d : columns[d];
                elements[(u * depth) + d] = factor * source[isTurned ? (column * units) + u : (u * depth) + column];
            }
        }

        return (elements, units);
    }

    /// <summary>Whether there is one element for each unit, or one for all.</summary>
    private static bool IsRow(ImmutableArray<int> shape, int units) =>
        shape.SkipLast(1).All(s => s == 1) && (shape.IsEmpty || shape[^1] == 1 || shape[^1] == units);

    private static float[] Row(Constant bias, int units, float factor)
    {
        var row = new float[units];
        ReadOnlySpan<float> elements = bias.Floats;
        for (int u = 0; u < units; u++)
        {
            row[u] = factor * elements[bias.Count == 1 ? 0 : u];
        }

        return row;
    }

    private static void Product(
        Network network, Node node, GraphWriter writer, bool turnsX, bool turnsY, float alpha, float beta)
    {
        Value x = node.Required(0), y = node.Required(1);
        ImmutableArray<int> left = x.Rank == 1 ? [1, x.Shape[0]] : x.Shape;
        ImmutableArray<int> right = y.Rank == 1 ? [y.Shape[0], 1] : y.Shape;
        (Tensor a, bool adjX) = Operand(writer, x, left, turnsX);
        (Tensor b, bool adjY) = Operand(writer, y, right, turnsY);
        ImmutableArray<int> shape =
        [
            .. Inference.Broadcasting.Shape(left[..^2], right[..^2]), left[turnsX ? ^1 : ^2], right[turnsY ? ^2 : ^1],
        ];
        Tensor output = writer.New(node.Output, shape);
        writer.Add(new BatchMatMul(a, b, output, adjX, adjY));
        output = alpha == 1 ? output : writer.Times(node.Output.Name, output, alpha);
        if (node.Input(2) is { } bias && beta != 0)
        {
            Tensor added = writer.Read(bias);
            output = writer.Plus(
                node.Output.Name, output, beta == 1 ? added : writer.Times(node.Output.Name, added, beta));
        }

        writer.Store(
            node.Output, writer.View(output, node.Output.Shape), AxisOrder.RowMajor(node.Output.Shape));
    }

    /// <summary>A stack of matrices, as it lies where only its last two dimensions are the other way round.</summary>
    private static (Tensor Tensor, bool IsTurned) Operand(
        GraphWriter writer, Value value, ImmutableArray<int> shape, bool isTurned)
    {
        if (!value.IsConstant && value.Rank >= 2)
        {
            int rank = value.Rank;
            AxisOrder turned = AxisOrder.Of(
                value.Shape, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
            if (writer.Find(value).Order.Equals(turned) && !turned.IsRowMajor)
            {
                return (
                    writer.Read(value, turned, [.. shape[..^2], shape[^1], shape[^2]]), !isTurned);
            }
        }

        return (writer.Read(value, AxisOrder.RowMajor(value.Shape), shape), isTurned);
    }
}
