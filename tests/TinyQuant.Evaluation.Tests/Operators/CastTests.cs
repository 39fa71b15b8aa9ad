using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Cast between all types, Fill and ZerosLike, against cast.cc of TensorFlow Lite Micro on x64.</summary>
[SmallestModel("Cast x T[1,7] -> y I[1,7]")]
[SmallestModel("Cast x L[1,7] -> y T[1,7]")]
[SmallestModel("Fill x T[1] -> y T[3,7]")]
[SmallestModel("ZerosLike x T[1,7] -> y T[1,7]")]
[Trait("Units", "alike")] // nothing in it is computed in vectors
public sealed class CastTests
{
    private static readonly TensorType[] s_numbers =
        [TensorType.Float32, TensorType.Int8, TensorType.Int16, TensorType.Int32, TensorType.UInt32];

    [Fact]
    public void Every_type_to_every_other()
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach (TensorType from in s_numbers.Append(TensorType.Bool))
        {
            Tensor x = sheet.Input(from, null, 3, 37);
            foreach (TensorType to in s_numbers)
            {
                sheet.Add(new Cast(x, sheet.Output(to, null, 3, 37)), v => Array.ConvertAll(v[0], n => Number(n, to)));
            }
        }

        sheet.Check(Rounding.Double);
    }

    [Fact]
    public void One_value_for_all()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach (TensorType type in new[] { TensorType.Float32, TensorType.Int8, TensorType.Int32 })
        {
            Tensor value = sheet.Input(type, null);
            sheet.Add(new Fill(value, sheet.Output(type, null, 2, 19)),
                v => [.. Enumerable.Repeat(v[0][0], 38)]);
            sheet.Add(new Fill(sheet.Constant(type, null, 1), sheet.Output(type, null)), v => [v[0][0]]);
            Tensor x = sheet.Input(type, null, 5, 3);
            sheet.Add(new ZerosLike(x, sheet.Output(type, null, 5, 3)), _ => new double[15]);
        }

        Tensor indexes = sheet.Input(TensorType.Int64, null, 7);
        sheet.Add(new ZerosLike(indexes, sheet.Output(TensorType.Int64, null, 7)), _ => new double[7]);
        sheet.Check(Rounding.Double);
    }

    private static double Number(double number, TensorType type) => type switch
    {
        TensorType.Float32 => (double)(float)number, // or all would become float32
        TensorType.Int8 => unchecked((sbyte)(long)number),
        TensorType.Int16 => unchecked((short)(long)number),
        TensorType.Int32 => unchecked((int)(long)number),
        _ => unchecked((uint)(long)number),
    };
}
