using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Operators that read or write elements where computed indexes say, and that stretch and mirror, against plain loops.
/// Indexes are any numbers: what is out of range is the nearest that there is.
/// </summary>
[SmallestModel("Gather x T[3,7] i I[5] -> y T[3,5] axis=1 batch_dims=0")]
[SmallestModel("GatherNd x T[3,7] i I[5,2] -> y T[5]")]
[SmallestModel("EmbeddingLookup i I[5] t T[3,7]c -> y T[5,7]")]
[SmallestModel("EmbeddingLookup i I[5] t Q[3,7]c -> y F[5,7]")]
[SmallestModel("DynamicSlice x T[3,7] b I[2] -> y T[1,5]")]
[SmallestModel("DynamicUpdateSlice x T[3,7] u T[1,5] b I[2] -> y T[3,7]")]
[SmallestModel("BroadcastTo x T[3,1] -> y T[5,3,7]")]
[SmallestModel("BroadcastArgs a I[3] b I[5] -> y I[5]")]
[SmallestModel("MirrorPad x T[3,7] -> y T[5,10] paddings=1,1,2,1 symmetric=false")]
[SmallestModel("ReverseV2 x T[3,7] -> y T[3,7] axes=1")]
[Trait("Units", "alike")] // nothing in it is computed in vectors
public sealed class IndexingTests
{
    private static readonly int[][] s_shapes = [[7], [1], [3, 5], [2, 40], [2, 3, 4], [4, 1, 6], [2, 5, 3, 4],
        [2, 1, 2, 1, 3, 2, 1, 2]];

    public static TheoryData<TensorType> Types { get; } = new(TensorTypes.Computing);

    [Theory]
    [MemberData(nameof(Types))]
    public void Gathers(TensorType type) => Check(type, seed: 1, (sheet, maker, shape) =>
    {
        int axis = sheet.Random.Next(shape.Length);
        int batches = sheet.Random.Next(axis + 1);
        int[] own = [.. Enumerable.Range(0, sheet.Random.Next(Math.Min(3, 10 - shape.Length))).Select(i => i + 2)];
        Tensor indexes = IndexInput(sheet, [.. shape[..batches], .. own]);
        Tensor input = maker.Input(shape);
        Tensor output = maker.Output([.. shape[..axis], .. own, .. shape[(axis + 1)..]]);
        sheet.Add(new Gather(input, indexes, output, axis, batches), v => [.. Indexes.Of(output.Shape).Select(at =>
        {
            int[] place = [.. at[..batches], .. at[axis..(axis + own.Length)]];
            double index = v[1][Indexes.Element(indexes.Shape, place)];
            return v[0][Indexes.Element(
                shape, [.. at[..axis], Clamp(index, shape[axis]), .. at[(axis + own.Length)..]])];
        })]);

        int depth = sheet.Random.Next(1, shape.Length + 1);
        Tensor rows = IndexInput(sheet, [3, depth]);
        Tensor slices = maker.Output([3, .. shape[depth..]]);
        Tensor other = maker.Input(shape);
        sheet.Add(new GatherNd(other, rows, slices), v => [.. Indexes.Of(slices.Shape).Select(at =>
            v[0][Indexes.Element(shape, [
                .. Enumerable.Range(0, depth).Select(d => Clamp(v[1][(at[0] * depth) + d], shape[d])), .. at[1..]])])]);
    });

    [Theory]
    [InlineData(TensorType.Float32, TensorType.Float32)]
    [InlineData(TensorType.Int8, TensorType.Int8)]
    [InlineData(TensorType.Int8, TensorType.Float32)]
    public void Lookups(TensorType from, TensorType to)
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (int[] shape in s_shapes.Where(s => s.Length > 1))
        {
            Quantization? quantization = from == TensorType.Int8 ? new(0.37f, from == to ? 5 : 0) : null;
            Tensor ids = sheet.Input(TensorType.Int32, null, 6);
            Tensor table = sheet.Constant(from, quantization, shape);
            Tensor output = sheet.Output(to, from == to ? quantization : null, [6, .. shape[1..]]);
            sheet.Add(new EmbeddingLookup(ids, table, output), v => [.. Indexes.Of(output.Shape).Select(at =>
                v[1][Indexes.Element(shape, [Clamp(v[0][at[0]], shape[0]), .. at[1..]])])
                .Select(code => from == to ? code : (float)code * 0.37f)]);
        }

        sheet.Check(Rounding.Double);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Parts(TensorType type) => Check(type, seed: 3, (sheet, maker, shape) =>
    {
        int[] part = [.. shape.Select(size => sheet.Random.Next(1, size + 1))];
        Tensor begin = IndexInput(sheet, [shape.Length]);
        Tensor slice = maker.Output(part);
        sheet.Add(new DynamicSlice(maker.Input(shape), begin, slice), v => [.. Indexes.Of(slice.Shape).Select(at =>
            v[0][Place(at, v[1])])]);
        Tensor whole = maker.Hidden(shape);
        sheet.Add(new ReverseV2(maker.Input(shape), whole, [0]), v => Reversed(whole, [0], v[0]));
        // The hidden tensor is written over, since nothing reads it afterwards.
        Tensor hidden = maker.Hidden(shape);
        sheet.Add(new DynamicUpdateSlice(whole, maker.Input(part), IndexInput(sheet, [shape.Length]), hidden), v =>
        {
            double[] updated = [.. v[0]];
            foreach ((int[] at, double value) in Indexes.Of([.. part]).Zip(v[1]))
            {
                updated[Place(at, v[2])] = value;
            }

            return updated;
        });
        sheet.Add(new Reshape(hidden, maker.Output(shape)), v => v[0]);

        int Place(int[] at, double[] from) => Indexes.Element(
            shape, [.. at.Select((i, d) => i + Clamp(from[d], shape[d] - part[d] + 1))]);
    });

    [Theory]
    [MemberData(nameof(Types))]
    public void Stretched(TensorType type) => Check(type, seed: 4, (sheet, maker, shape) =>
    {
        int[] narrow = [.. shape.Select(size => sheet.Random.Next(2) == 0 ? 1 : size)];
        int[] wide = shape.Length < 8 ? [2, .. shape] : shape;
        Tensor output = maker.Output(wide);
        sheet.Add(new BroadcastTo(maker.Input(narrow), output), v => [.. Indexes.Of(output.Shape).Select(at =>
            v[0][Indexes.Element(
                narrow, [.. at[^shape.Length..].Select((i, d) => narrow[d] == 1 ? 0 : i)])])]);
        for (int i = 0; i < 3; i++)
        {
            int[] axes = [.. Enumerable.Range(0, shape.Length).Where(_ => sheet.Random.Next(2) == 0)];
            axes = axes.Length == 0 ? [shape.Length - 1] : axes;
            Tensor reversed = maker.Output(shape);
            sheet.Add(new ReverseV2(maker.Input(shape), reversed, [.. axes]), v => Reversed(reversed, axes, v[0]));
        }
    });

    [Theory]
    [MemberData(nameof(Types))]
    public void Mirrors(TensorType type) => Check(type, seed: 5, (sheet, maker, shape) =>
    {
        foreach (bool isSymmetric in (bool[])[false, true])
        {
            int offset = isSymmetric ? 0 : 1;
            int[] paddings = [.. shape.SelectMany(size => new[] {
                sheet.Random.Next(size - offset + 1), sheet.Random.Next(size - offset + 1) })];
            Tensor output = maker.Output([.. shape.Select((size, d) =>
                size + paddings[2 * d] + paddings[(2 * d) + 1])]);
            sheet.Add(new MirrorPad(maker.Input(shape), output, [.. paddings], isSymmetric), v =>
                [.. Indexes.Of(output.Shape).Select(at => v[0][Indexes.Element(
                    shape, [.. at.Select((i, d) => Mirrored(i, paddings[2 * d], shape[d], offset))])])]);
        }
    });

    [Fact]
    public void Shapes()
    {
        var sheet = new OperatorSheet(seed: 6);
        foreach ((int left, int right) in ((int, int)[])[(1, 1), (3, 2), (2, 5)])
        {
            int longer = Math.Max(left, right);
            var op = new BroadcastArgs(
                sheet.Input(TensorType.Int32, null, left), sheet.Input(TensorType.Int32, null, right),
                sheet.Output(TensorType.Int32, null, longer));
            sheet.Add(op, v => [.. Enumerable.Range(0, longer).Select(i => longer - i).Select(fromEnd =>
                fromEnd <= left && (v[0][^fromEnd] != 1 || fromEnd > right) ? v[0][^fromEnd] : v[1][^fromEnd])]);
        }

        sheet.Check(Rounding.Double);
    }

    /// <summary>GetInputDimension of TensorFlow Lite Micro's mirror_pad.cc.</summary>
    private static int Mirrored(int padded, int left, int size, int offset)
    {
        if (padded < left)
        {
            return left + offset - 1 - Math.Min(padded, left + offset - 1);
        }

        padded -= left;
        if (padded < size)
        {
            return padded;
        }

        padded -= size;
        return size - 1 - offset - Math.Min(padded, size - 1 - offset);
    }

    private static double[] Reversed(Tensor output, int[] axes, double[] input) =>
        [.. Indexes.Of(output.Shape).Select(at => input[Indexes.Element(
            output.Shape, [.. at.Select((i, d) => axes.Contains(d) ? output.Shape[d] - 1 - i : i)])])];

    private static int Clamp(double index, int size) => (int)Math.Clamp(index, 0, size - 1);

    private static Tensor IndexInput(OperatorSheet sheet, int[] shape) =>
        sheet.Input(sheet.Random.Next(2) == 0 ? TensorType.Int32 : TensorType.Int64, null, shape);

    private static void Check(TensorType type, int seed, Action<OperatorSheet, MovementMaker, int[]> add)
    {
        var sheet = new OperatorSheet(seed);
        var maker = new MovementMaker(sheet, type);
        foreach (int[] shape in s_shapes)
        {
            add(sheet, maker, shape);
        }

        sheet.Check(Rounding.Double);
    }
}
