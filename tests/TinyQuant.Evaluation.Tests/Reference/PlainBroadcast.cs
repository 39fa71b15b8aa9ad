using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>NumPy's broadcast by its definition: each output element finds its operands by its own indices.</summary>
internal static class PlainBroadcast
{
    public static double[] Run(BinaryOperator op, double[][] operands, Func<double, double, double> function)
    {
        var result = new double[op.Output.ElementCount];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(
                operands[0][At(i, op.Output.Shape, op.Left.Shape)],
                operands[1][At(i, op.Output.Shape, op.Right.Shape)]);
        }

        return result;
    }

    private static int At(int index, ImmutableArray<int> shape, ImmutableArray<int> operand)
    {
        int at = 0;
        int stride = 1;
        for (int fromEnd = 1; fromEnd <= operand.Length; fromEnd++)
        {
            int own = index % shape[^fromEnd];
            index /= shape[^fromEnd];
            at += operand[^fromEnd] == 1 ? 0 : own * stride;
            stride *= operand[^fromEnd];
        }

        return at;
    }
}
