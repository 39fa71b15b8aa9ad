using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Comparisons against comparisons.h of TensorFlow Lite in plain steps: numbers as they are, codes in 1/256 of a real
/// unit.
/// </summary>
[SmallestModel("Equal x T[1,7] z T[1,7] -> y L[1,7]")]
[SmallestModel("Equal x L[1,7] z L[3,1] -> y L[3,7]")]
[SmallestModel("NotEqual x T[1,7] z T[3,1] -> y L[3,7]")]
[SmallestModel("Greater x T[1,7] z T[1]c -> y L[1,7]")]
[SmallestModel("GreaterEqual x T[1,7] z T[1,7] -> y L[1,7]")]
[SmallestModel("Less x I[1,7] z I[1,7] -> y L[1,7]")]
[SmallestModel("LessEqual x T[1,7] z T[1,7] -> y L[1,7]")]
public sealed class ComparisonTests
{
    private static readonly Func<Tensor, Tensor, Tensor, BinaryOperator>[] s_all =
    [
        (a, b, y) => new Equal([a, b], y), (a, b, y) => new NotEqual([a, b], y),
        (a, b, y) => new Greater([a, b], y), (a, b, y) => new GreaterEqual([a, b], y),
        (a, b, y) => new Less([a, b], y), (a, b, y) => new LessEqual([a, b], y),
    ];

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Quantization a = sheet.Quantization(0.001, 0.99);
            Quantization b = i % 2 == 0 ? a : sheet.Quantization(0.001, 0.99);
            Tensor x = sheet.Input(TensorType.Int8, a, left);
            Tensor z = i % 4 == 1 ? sheet.Constant(TensorType.Int8, b, right) : sheet.Input(TensorType.Int8, b, right);
            AddAll(sheet, x, z, output, rounding);
        }

        // One constant for all: a table.
        Tensor codes = sheet.Input(TensorType.Int8, new(0.25f, -3), 300);
        Tensor constant = sheet.Constant(TensorType.Int8, new Quantization(0.125f, 5), 1);
        AddAll(sheet, codes, constant, [300], rounding);
        AddAll(sheet, constant, codes, [300], rounding);
        sheet.Check(rounding);
    }

    [Theory]
    [InlineData(TensorType.Float32)]
    [InlineData(TensorType.Int32)]
    [InlineData(TensorType.Int64)]
    [InlineData(TensorType.Bool)]
    public void Numbers(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Tensor x = sheet.Input(type, null, left);
            Tensor z = i % 4 == 1 ? sheet.Constant(type, null, right)
                : left.SequenceEqual(right) && i % 2 == 0 ? x : sheet.Input(type, null, right);
            AddAll(sheet, x, z, output, Rounding.Double);
        }

        sheet.Check(Rounding.Double);
    }

    private static void AddAll(OperatorSheet sheet, Tensor x, Tensor z, int[] output, Rounding rounding)
    {
        foreach (Func<Tensor, Tensor, Tensor, BinaryOperator> make in x.Type == TensorType.Bool ? s_all[..2] : s_all)
        {
            BinaryOperator op = make(x, z, sheet.Output(TensorType.Bool, null, output));
            sheet.Add(op, v => PlainBroadcast.Run(
                op, v, (l, r) => Holds(op, Value(x, l, rounding), Value(z, r, rounding)) ? 1 : 0));
        }
    }

    private static double Value(Tensor tensor, double element, Rounding rounding) => tensor.Quantization is { } q
        ? FixedPoint.Multiply(((int)element - q.ZeroPoint) * 256, q.Scale, rounding)
        : element;

    private static bool Holds(BinaryOperator op, double left, double right) => op switch
    {
        Equal => left == right,
        NotEqual => left != right,
        Greater => left > right,
        GreaterEqual => left >= right,
        Less => left < right,
        _ => left <= right,
    };
}
