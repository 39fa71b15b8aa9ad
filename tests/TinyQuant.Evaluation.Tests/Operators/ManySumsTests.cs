using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// AddN and Cumsum against reference/add_n.h and cumsum.h of TensorFlow Lite in plain steps: int8 sums begin with code
/// 0, whatever it means.
/// </summary>
[SmallestModel("AddN x T[1,7] z T[1,7] v T[1,7] -> y T[1,7]")]
[SmallestModel("Cumsum x T[3,7] -> y T[3,7] axis=1")]
public sealed class ManySumsTests
{
    private const int LeftShift = 1 << 20;

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Tensors_of_int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach ((int count, int[] shape) in new[] { (2, new[] { 37 }), (3, [2, 3, 5]), (9, [130]), (40, [1, 16]) })
        {
            Quantization quantization = sheet.Quantization();
            var op = new AddN(
                [.. Enumerable.Range(0, count).Select(i => i == 1
                    ? sheet.Constant(TensorType.Int8, quantization, shape)
                    : sheet.Input(TensorType.Int8, quantization, shape))],
                sheet.Output(TensorType.Int8, new(quantization.Scale * count, sheet.Quantization().ZeroPoint), shape));
            sheet.Add(op, v => [.. Enumerable.Range(0, v[0].Length).Select(i => Code(
                v.Aggregate(Start(quantization), (sum, x) => Plus(sum, x[i], quantization)), op.Output, quantization,
                rounding))]);
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Tensors_of_float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        Tensor a = sheet.Input(TensorType.Float32, null, 5, 7), b = sheet.Input(TensorType.Float32, null, 5, 7);
        foreach (Tensor[] inputs in new Tensor[][] { [a, b], [a, b, a], [a, a, b, sheet.Constant(a.Type, null, 5, 7)] })
        {
            var op = new AddN([.. inputs], sheet.Output(TensorType.Float32, null, 5, 7));
            sheet.Add(op, v => [.. Enumerable.Range(0, v[0].Length).Select(i =>
                (double)v.Aggregate(0f, (sum, x) => sum + (float)x[i]))]);
        }

        sheet.Check(Rounding.Double);
    }

    [Theory]
    [InlineData(Rounding.Double, TensorType.Int8)]
    [InlineData(Rounding.Single, TensorType.Int8)]
    [InlineData(Rounding.Double, TensorType.Float32)]
    public void Running(Rounding rounding, TensorType type)
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach (int[] shape in new int[][] { [9], [4, 33], [2, 40, 3], [3, 1, 2, 4] })
        {
            for (int axis = 0; axis < shape.Length; axis++)
            {
                Quantization? quantization = type == TensorType.Int8 ? sheet.Quantization() : null;
                Tensor x = sheet.Input(type, quantization, shape);
                foreach ((bool exclusive, bool reverse) in new[] { (false, false), (true, false), (true, true) })
                {
                    Quantization? output = quantization is null ? null
                        : new(quantization.Scale * shape[axis] / 2, sheet.Quantization().ZeroPoint);
                    var op = new Cumsum(x, sheet.Output(type, output, shape), axis, exclusive, reverse);
                    sheet.Add(op, v => Expected(op, v[0], rounding));
                }
            }
        }

        sheet.Check(rounding);
    }

    private static double[] Expected(Cumsum op, double[] input, Rounding rounding) =>
        [.. Indexes.Of(op.Input.Shape).Select(index =>
        {
            int at = index[op.Axis];
            IEnumerable<int> places = Enumerable.Range(0, op.Input.Shape[op.Axis])
                .Where(k => (op.IsReverse ? k > at : k < at) || (k == at && !op.IsExclusive));
            double[] elements = [.. (op.IsReverse ? places.Reverse() : places)
                .Select(k => input[Indexes.Element(op.Input.Shape, Indexes.With(index, op.Axis, k))])];
            return op.Input.Quantization is { } q
                ? Code(elements.Aggregate(Start(q), (sum, x) => Plus(sum, x, q)), op.Output, q, rounding)
                : elements.Aggregate(0f, (sum, x) => sum + (float)x);
        })];

    private static int Start(Quantization quantization) => Half(-quantization.ZeroPoint);

    private static int Plus(int sum, double code, Quantization quantization) =>
        unchecked(sum + Half((int)code - quantization.ZeroPoint));

    /// <summary>Shifted, and times a scale over twice itself.</summary>
    private static int Half(int centred) => FixedPoint.Multiply(centred * LeftShift, 0.5, Rounding.Double);

    private static double Code(int sum, Tensor output, Quantization input, Rounding rounding)
    {
        Quantization y = output.Quantization!;
        double factor = 2.0 * input.Scale / (LeftShift * (double)y.Scale);
        return FixedPoint.Clamp(FixedPoint.Multiply(sum, factor, rounding) + (double)y.ZeroPoint);
    }
}
