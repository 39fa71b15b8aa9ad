using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Mean, Sum, ReduceMax, ReduceMin, ArgMax and ArgMin along any axes, against the definitions.</summary>
[SmallestModel("ArgMin x T[3,7] -> y I[3] axis=1")]
public sealed class ReductionTests
{
    private static readonly int[][] s_shapes = [[9], [1], [4, 33], [33, 4], [2, 70, 3], [3, 5, 130], [2, 4, 5, 20],
        [1, 7, 7, 66], [2, 3, 1, 2, 4], [2, 1, 2, 3, 2, 1, 2, 2]];

    [Theory]
    [InlineData(Rounding.Double, false)]
    [InlineData(Rounding.Single, false)]
    [InlineData(Rounding.FloatEven, false)]
    [InlineData(Rounding.Double, true)]
    [InlineData(Rounding.Single, true)]
    public void Int8(Rounding rounding, bool isMean)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach ((int[] shape, int[] axes) in Cases(sheet.Random))
        {
            Quantization input = sheet.Quantization();
            // Ratios to either side of 1; equal ones, and one that is far below any code, now and then.
            Quantization output = sheet.Random.Next(8) switch
            {
                0 => input,
                1 => new Quantization(input.Scale * 1e9f, 5),
                _ => sheet.Quantization(),
            };
            Add(sheet, isMean, TensorType.Int8, input, output, shape, axes, rounding);
        }

        sheet.Check(rounding, runs: 5);
    }

    [Theory]
    [InlineData(Rounding.Double, false)]
    [InlineData(Rounding.Single, false)]
    [InlineData(Rounding.Double, true)]
    [InlineData(Rounding.Single, true)]
    public void Int16(Rounding rounding, bool isMean)
    {
        var sheet = new OperatorSheet(seed: 5);
        foreach ((int[] shape, int[] axes) in Cases(sheet.Random))
        {
            Quantization input = sheet.QuantizationOf(TensorType.Int16)!;
            Quantization output = sheet.Random.Next(3) == 0 ? new(input.Scale, -77) : new(input.Scale * 60, 200);
            Add(sheet, isMean, TensorType.Int16, new(input.Scale, sheet.Random.Next(-90, 90)), output, shape, axes,
                rounding);
        }

        sheet.Check(rounding, runs: 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Float32(bool isMean)
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((int[] shape, int[] axes) in Cases(sheet.Random))
        {
            Add(sheet, isMean, TensorType.Float32, null, null, shape, axes, Rounding.Double);
        }

        sheet.Check(Rounding.Double, runs: 4, isExact: false);
    }

    [Theory]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Float32)]
    public void Extremes(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 4);
        Quantization? quantization = type == TensorType.Int8 ? sheet.Quantization() : null;
        foreach ((int[] shape, int[] axes) in Cases(sheet.Random))
        {
            int[] kept = [.. shape.Where((_, d) => !axes.Contains(d))];
            Tensor x = sheet.Input(type, quantization, shape);
            var max = new ReduceMax(x, sheet.Output(type, quantization, kept), [.. axes]);
            var min = new ReduceMin(x, sheet.Output(type, quantization, kept), [.. axes]);
            sheet.Add(max, inputs => PlainReduction.Run(max, inputs[0], Rounding.Double));
            sheet.Add(min, inputs => PlainReduction.Run(min, inputs[0], Rounding.Double));
        }

        sheet.Check(Rounding.Double, runs: 4);
    }

    [Theory]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Float32)]
    public void Places(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach (int[] shape in s_shapes)
        {
            for (int axis = 0; axis < shape.Length; axis++)
            {
                Quantization? quantization = type == TensorType.Int8 ? sheet.Quantization() : null;
                Tensor x = sheet.Input(type, quantization, shape);
                Add(new ArgMax(x, Index(), axis));
                Add(new ArgMin(x, Index(), axis));

                Tensor Index() => sheet.Output(
                    sheet.Random.Next(2) == 0 ? TensorType.Int32 : TensorType.Int64, null, Indexes.Remove(shape, axis));
            }
        }

        sheet.Check(Rounding.Double);

        void Add(ArgExtremum op) => sheet.Add(op, inputs => PlainReduction.Extremum(op, inputs[0]));
    }

    /// <summary>All axes, and random ones.</summary>
    private static IEnumerable<(int[] Shape, int[] Axes)> Cases(Random random)
    {
        foreach (int[] shape in s_shapes)
        {
            int[] all = [.. Enumerable.Range(0, shape.Length)];
            yield return (shape, all);
            for (int i = 0; i < 3; i++)
            {
                int[] some = [.. all.Where(_ => random.Next(2) == 0)];
                yield return (shape, some.Length > 0 ? some : [random.Next(shape.Length)]);
            }
        }
    }

    private static void Add(
        OperatorSheet sheet, bool isMean, TensorType type, Quantization? input, Quantization? output, int[] shape,
        int[] axes, Rounding rounding)
    {
        bool keepDims = sheet.Random.Next(2) == 0;
        int[] kept = keepDims
            ? [.. shape.Select((s, d) => axes.Contains(d) ? 1 : s)]
            : [.. shape.Where((_, d) => !axes.Contains(d))];
        Tensor x = sheet.Input(type, input, shape);
        Tensor y = sheet.Output(type, output, kept);
        Reduction op = isMean ? new Mean(x, y, [.. axes], keepDims) : new Sum(x, y, [.. axes], keepDims);
        sheet.Add(op, inputs => PlainReduction.Run(op, inputs[0], rounding));
    }
}
