using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Activations that are operators of their own, and int8 Quantize: every code, in many scales.</summary>
public sealed class UnaryTests
{
    private const int AllCodes = 256;

    public static TheoryData<Rounding> Roundings { get; } = new(Rounding.Double, Rounding.Single, Rounding.FloatEven);

    [Theory]
    [MemberData(nameof(Roundings))]
    public void Int8(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        for (int i = 0; i < 6; i++)
        {
            AddInt8(sheet, rounding, () => new Quantization(1f / 256, -128), (x, y) => new Logistic(x, y));
            AddInt8(sheet, rounding, () => new Quantization(1f / 128, 0), (x, y) => new Tanh(x, y));
            AddInt8(sheet, rounding, null, (x, y) => new Relu6(x, y));
            AddInt8(sheet, rounding, null, (x, y) => new ReluN1To1(x, y));
            AddInt8(sheet, rounding, () => sheet.Quantization(), (x, y) => new Relu(x, y));
            AddInt8(sheet, rounding, () => sheet.Quantization(), (x, y) => new Elu(x, y));
            AddInt8(sheet, rounding, i == 5 ? null : () => sheet.Quantization(), (x, y) => new Abs(x, y));
            AddInt8(sheet, rounding, () => sheet.Quantization(0.02, 0.4), (x, y) => new HardSwish(x, y));
            AddInt8(sheet, rounding, () => sheet.Quantization(), (x, y) => new Quantize(x, y));
            float alpha = i == 5 ? -0.3f : 2 * sheet.Random.NextSingle() * sheet.Random.NextSingle();
            AddInt8(sheet, rounding, () => sheet.Quantization(), (x, y) => new LeakyRelu(x, y, alpha));
        }
        // Ratios of exactly a half, where the roundings differ most, and of exactly 1.
        foreach (float scale in new[] { 0.25f, 0.5f, 1f })
        {
            AddInt8(sheet, rounding, () => new Quantization(scale, 3), (x, y) => new Quantize(x, y),
                new Quantization(0.25f, -7));
            AddInt8(sheet, rounding, () => new Quantization(scale, 3), (x, y) => new Relu(x, y),
                new Quantization(0.25f, -7));
            AddInt8(sheet, rounding, () => new Quantization(scale, 3), (x, y) => new LeakyRelu(x, y, 0.5f),
                new Quantization(0.25f, -7));
            AddInt8(
                sheet, rounding, () => new Quantization(scale, 3),
                (x, y) => new LeakyRelu(x, y, -0.5f), new Quantization(0.25f, -7));
        }
        // Exact halves in float32, and not in double: 0.003 / 0.002 is 1.5, and 0.1 · 0.7 / 0.02 is 3.5.
        Add(0.003f, 0.002f, (x, y) => new Abs(x, y));
        Add(0.003f, 0.002f, (x, y) => new Relu(x, y));
        Add(0.003f, 0.002f, (x, y) => new LeakyRelu(x, y, 1));
        Add(0.1f, 0.02f, (x, y) => new LeakyRelu(x, y, 0.7f));
        // An output whose steps are more than 512 of the input's, and an input whose steps are nothing beside 3.
        Add(0.01f, 8, (x, y) => new HardSwish(x, y));
        Add(1e-7f, 1e-7f, (x, y) => new HardSwish(x, y));
        sheet.Check(rounding, runs: 3);

        void Add(float input, float output, Func<Tensor, Tensor, UnaryOperator> create) =>
            AddInt8(sheet, rounding, () => new Quantization(output, 3), create, new Quantization(input, -7));
    }

    [Fact]
    public void Float32()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((string kind, _, _) in UnaryKernels.All)
        {
            Type type = typeof(Operator).Assembly.GetType($"{typeof(Operator).Namespace}.{kind}", throwOnError: true)!;
            AddFloat32(sheet, (x, y) => (UnaryOperator)Activator.CreateInstance(type, x, y, -1)!);
        }

        AddFloat32(sheet, (x, y) => new Relu(x, y));
        AddFloat32(sheet, (x, y) => new Relu6(x, y));
        AddFloat32(sheet, (x, y) => new ReluN1To1(x, y));
        AddFloat32(sheet, (x, y) => new LeakyRelu(x, y, 0.2f));
        AddFloat32(sheet, (x, y) => new LeakyRelu(x, y, -1.5f));
        sheet.Check(Rounding.Double, isExact: false);
    }

    [Fact]
    public void In_place()
    {
        var sheet = new OperatorSheet(seed: 3);
        Tensor input = sheet.Input(TensorType.Int8, sheet.Quantization(), 2, AllCodes);
        Tensor first = sheet.Hidden(TensorType.Int8, new Quantization(1f / 128, 0), 2, AllCodes);
        Tensor second = sheet.Hidden(TensorType.Int8, sheet.Quantization(), 2, AllCodes);
        Tensor output = sheet.Output(TensorType.Int8, sheet.Quantization(), 2, AllCodes);
        AddInt8(sheet, new Tanh(input, first), Rounding.Double);
        AddInt8(sheet, new HardSwish(first, second), Rounding.Double);
        AddInt8(sheet, new Quantize(second, output), Rounding.Double);
        Assert.InRange(sheet.Check(Rounding.Double), 2 * AllCodes, (2 * AllCodes) + 63);
    }

    private static void AddInt8(
        OperatorSheet sheet, Rounding rounding, Func<Quantization>? output, Func<Tensor, Tensor, UnaryOperator> create,
        Quantization? input = null)
    {
        input ??= sheet.Quantization(0.004, 0.2);
        AddInt8(sheet, create(
            sheet.Input(TensorType.Int8, input, AllCodes),
            sheet.Output(TensorType.Int8, output is null ? input : output(), AllCodes)), rounding);
    }

    private static void AddInt8(OperatorSheet sheet, UnaryOperator op, Rounding rounding) => sheet.Add(op, x =>
    {
        Quantization input = op.Input.Quantization!;
        Quantization output = op.Output.Quantization!;
        return Array.ConvertAll(x[0], code =>
        {
            double expected = PlainUnary.Code(op, (int)code, rounding);
            double real = PlainUnary.Real(op, (code - input.ZeroPoint) * input.Scale);
            double ideal = FixedPoint.Clamp((real / output.Scale) + output.ZeroPoint);
            Assert.True(Math.Abs(ideal - expected) <= 1.1,
                $"{op.Kind}, code {code}: the reference says {expected}, the function itself {ideal}");
            return expected;
        });
    });

    private static void AddFloat32(OperatorSheet sheet, Func<Tensor, Tensor, UnaryOperator> create)
    {
        UnaryOperator op = create(
            sheet.Input(TensorType.Float32, null, 3, 37), sheet.Output(TensorType.Float32, null, 3, 37));
        sheet.Add(op, x => Array.ConvertAll(x[0], real => PlainUnary.Real(op, real)));
    }
}
