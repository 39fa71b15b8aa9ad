using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Quantize between all types, but int8 to int8, which <see cref="UnaryTests"/> has; and Dequantize.</summary>
public sealed class QuantizeTests
{
    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Codes_to_codes_of_another_type(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 1);
        (TensorType From, TensorType To)[] types =
        [
            (TensorType.Int16, TensorType.Int8), (TensorType.Int8, TensorType.Int16),
            (TensorType.Int16, TensorType.Int16),
            (TensorType.Int16, TensorType.Int32), (TensorType.Int8, TensorType.Int32),
            (TensorType.UInt8, TensorType.Int8), (TensorType.Int8, TensorType.UInt8),
            (TensorType.Int32, TensorType.Int8), (TensorType.Int32, TensorType.Int16),
        ];
        foreach ((TensorType from, TensorType to) in types.Concat(types).Concat(types))
        {
            var op = new Quantize(
                sheet.Input(from, Quantization(sheet, from), 300), sheet.Output(to, Quantization(sheet, to), 300));
            Quantization input = op.Input.Quantization!;
            Quantization output = op.Output.Quantization!;
            (double least, double most) = Range(to);
            sheet.Add(op, x => Array.ConvertAll(x[0], code => Math.Clamp(
                output.ZeroPoint + (double)FixedPoint.Multiply(
                    (int)code - input.ZeroPoint, (double)input.Scale / output.Scale, rounding), least, most)));
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void Reals_to_codes()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (TensorType type in new[] { TensorType.Int8, TensorType.Int16, TensorType.UInt8, TensorType.Int8,
            TensorType.Int16, TensorType.UInt8 })
        {
            var op = new Quantize(
                sheet.Input(TensorType.Float32, null, 7, 41), sheet.Output(type, Quantization(sheet, type), 7, 41));
            Quantization output = op.Output.Quantization!;
            (double least, double most) = Range(type);
            sheet.Add(op, x => Array.ConvertAll(x[0], real => Math.Clamp(
                output.ZeroPoint + (double)MathF.Round((float)real / output.Scale, MidpointRounding.AwayFromZero),
                least,
                most)));
        }

        sheet.Check(Rounding.Double);
    }

    [Fact]
    public void Codes_to_reals()
    {
        var sheet = new OperatorSheet(seed: 3);
        foreach (TensorType type in new[] { TensorType.Int8, TensorType.Int16, TensorType.UInt8, TensorType.Int8,
            TensorType.Int16, TensorType.UInt8 })
        {
            var op = new Dequantize(
                sheet.Input(type, Quantization(sheet, type), 7, 41), sheet.Output(TensorType.Float32, null, 7, 41));
            Quantization input = op.Input.Quantization!;
            sheet.Add(op,
                x => Array.ConvertAll(x[0], code => (double)(float)((double)input.Scale * (code - input.ZeroPoint))));
        }

        sheet.Check(Rounding.Double);
    }

    /// <summary>Pixels of the converter's usual recipe: one scale, and zero points that differ by 128.</summary>
    [Fact]
    public void Bytes_to_codes_of_the_same_scale()
    {
        var sheet = new OperatorSheet(seed: 4);
        foreach (int zeroPoint in new[] { 0, 127, 255 })
        {
            var op = new Quantize(sheet.Input(TensorType.UInt8, new(0.02f, zeroPoint), 300),
                sheet.Output(TensorType.Int8, new(0.02f, zeroPoint - 128), 300));
            sheet.Add(op, x => Array.ConvertAll(x[0], code => code - 128));
        }

        sheet.Check(Rounding.Double);
    }

    private static (double Least, double Most) Range(TensorType type) => type switch
    {
        TensorType.Int8 => (-128, 127),
        TensorType.UInt8 => (0, 255),
        TensorType.Int16 => (-32768, 32767),
        _ => (-2147483648d, 2147483647),
    };

    /// <summary>int16 and int32 steps are finer, so that codes of all types spread over about the same reals.</summary>
    private static Quantization Quantization(OperatorSheet sheet, TensorType type)
    {
        Quantization int8 = sheet.Quantization();
        return type switch
        {
            TensorType.Int8 => int8,
            TensorType.UInt8 => new(int8.Scale, int8.ZeroPoint + 128),
            TensorType.Int16 => new(int8.Scale / 200, sheet.Random.Next(2) == 0 ? 0 : sheet.Random.Next(-3000, 3000)),
            _ => new(int8.Scale / 1000, 0),
        };
    }
}
