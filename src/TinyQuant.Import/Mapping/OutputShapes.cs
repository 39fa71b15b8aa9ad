using TinyQuant.Import.Source;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// Some operators take their output's shape as an input. The shape that the file gives the output is the truth; an
/// input that is known must agree with it.
/// </summary>
internal static class OutputShapes
{
    /// <summary>The input is the output's shape, where -1 stands for what is left.</summary>
    public static void RequireSame(OperatorContext source, int input)
    {
        if (source.Find(input) is { } shape)
        {
            Require(source, shape, [.. source.OutputTensor(0).Shape]);
        }
    }

    /// <summary>The input is the output's height and width.</summary>
    public static void RequireSameSize(OperatorContext source, int input)
    {
        SourceTensor output = source.OutputTensor(0);
        if (source.Find(input) is { } size && output.Shape.Length == 4)
        {
            Require(source, size, [output.Shape[1], output.Shape[2]]);
        }
    }

    private static void Require(OperatorContext source, IntegerTensor asked, int[] actual)
    {
        bool same = asked.Values.Length == actual.Length
            && asked.Values.Zip(actual).All(p => p.First == -1 || p.First == p.Second);
        if (!same)
        {
            throw new UnsupportedException(
                $"it asks for a shape of "
                    + $"[{string.Join(",", asked.Values.Take(8).Select(n => Invariant($"{n}")))}]; its output is "
                    + $"{source.OutputTensor(0).TypeAndShape}");
        }
    }
}
