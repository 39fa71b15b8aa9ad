using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Operators of truth values, and what a truth value chooses, against the definitions.</summary>
[SmallestModel("LogicalAnd x L[1,7] z L[1,7] -> y L[1,7]")]
[SmallestModel("LogicalNot x L[1,7] -> y L[1,7]")]
[SmallestModel("LogicalOr x L[1,7] z L[3,1] -> y L[3,7]")]
[SmallestModel("ReduceAll x L[1,6,7] -> y L[1,7] axes=1")]
[SmallestModel("SelectV2 c L[1,7] x T[1,7] z T[3,1] -> y T[3,7]")]
public sealed class LogicTests
{
    [Fact]
    public void And_or_and_not()
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Tensor x = sheet.Input(TensorType.Bool, null, left);
            Tensor z = i % 3 == 1
                ? sheet.Constant(TensorType.Bool, null, right)
                : sheet.Input(TensorType.Bool, null, right);
            var and = new LogicalAnd([x, z], sheet.Output(TensorType.Bool, null, output));
            sheet.Add(and, v => PlainBroadcast.Run(and, v, (l, r) => l != 0 && r != 0 ? 1 : 0));
            var or = new LogicalOr([x, z], sheet.Output(TensorType.Bool, null, output));
            sheet.Add(or, v => PlainBroadcast.Run(or, v, (l, r) => l != 0 || r != 0 ? 1 : 0));
            sheet.Add(new LogicalNot(x, sheet.Output(TensorType.Bool, null, left)),
                v => Array.ConvertAll(v[0], t => 1 - t));
        }

        sheet.Check(Rounding.Double);
    }

    [Fact]
    public void All_along_axes()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((int[] shape, int[] axes, int[] output) in new (int[], int[], int[])[]
        {
            ([3], [0], []), ([4, 2], [1], [4]), ([2, 3, 40], [0, 1], [40]), ([2, 3, 2, 2], [1, 3], [2, 2]),
        })
        {
            var op = new ReduceAll(
                sheet.Input(TensorType.Bool, null, shape), sheet.Output(TensorType.Bool, null, output), [.. axes]);
            sheet.Add(op, v => All(op, v[0]));
        }

        sheet.Check(Rounding.Double);
    }

    [Theory]
    [InlineData(TensorType.Float32)]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Int16)]
    public void Selections(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            int[][] shapes = (i % 3) switch
            {
                0 => [left, right, output],
                1 => [output, left, right],
                _ => [right, output, left],
            };
            var op = new SelectV2(
                [
                    sheet.Input(TensorType.Bool, null, shapes[0]), sheet.Input(type, null, shapes[1]),
                    i % 4 == 3 ? sheet.Constant(type, null, shapes[2]) : sheet.Input(type, null, shapes[2]),
                ],
                sheet.Output(type, null, output));
            sheet.Add(op, v => Chosen(op, v));
        }

        sheet.Check(Rounding.Double);
    }

    /// <summary>Over what is chosen, or over the other: what the output holds already must not be lost.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_place_of_either(bool first)
    {
        var sheet = new OperatorSheet(seed: 4);
        Tensor condition = sheet.Input(TensorType.Bool, null, 64);
        Tensor x = sheet.Input(TensorType.Float32, null, 64);
        Tensor hidden = sheet.Hidden(TensorType.Float32, null, 64);
        sheet.Add(new Relu6(x, hidden), v => Array.ConvertAll(v[0], real => Math.Clamp(real, 0, 6)));
        Tensor chosen = sheet.Hidden(TensorType.Float32, null, 64);
        var op = new SelectV2([condition, first ? hidden : x, first ? x : hidden], chosen);
        sheet.Add(op, v => Chosen(op, v));
        sheet.Add(new Relu(chosen, sheet.Output(TensorType.Float32, null, 64)),
            v => Array.ConvertAll(v[0], real => Math.Max(real, 0)));
        Assert.InRange(sheet.Check(Rounding.Double), 256, 256 + 63);
    }

    private static double[] All(ReduceAll op, double[] input)
    {
        var kept = Enumerable.Range(0, op.Input.Shape.Length).Where(d => !op.Axes.Contains(d)).ToArray();
        double[] all = [.. Enumerable.Repeat(1.0, op.Output.ElementCount)];
        foreach ((int[] index, double truth) in Indexes.Of(op.Input.Shape).Zip(input))
        {
            int to = Indexes.Element(op.Output.Shape, [.. kept.Select(d => index[d])]);
            all[to] = Math.Min(all[to], truth);
        }

        return all;
    }

    private static double[] Chosen(SelectV2 op, double[][] values)
    {
        return [.. Indexes.Of(op.Output.Shape).Select(index => At(index, 0) != 0 ? At(index, 1) : At(index, 2))];

        double At(int[] index, int operand)
        {
            IReadOnlyList<int> shape = op.Inputs[operand].Shape;
            int[] own = [.. shape.Select((size, d) => size == 1 ? 0 : index[index.Length - shape.Count + d])];
            return values[operand][Indexes.Element(shape, own)];
        }
    }
}
