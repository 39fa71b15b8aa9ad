using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Random LSTMs against one gate of one unit after another.</summary>
[SmallestModel(
    "UnidirectionalSequenceLstm x S[1,2,3] i Q[5,3]c f Q[5,3]c g Q[5,3]c o Q[5,3]c ri Q[5,5]c rf Q[5,5]c rg Q[5,5]c "
        + "ro Q[5,5]c bi W[5]c bf W[5]c bg W[5]c bo W[5]c h S[1,5]v k S[1,5]v -> y S[1,2,5]")]
public sealed class UnidirectionalSequenceLstmTests
{
    public static TheoryData<bool, Rounding, int> Layouts
    {
        get
        {
            var data = new TheoryData<bool, Rounding, int>();
            for (int seed = 1; seed <= 8; seed++)
            {
                data.Add(seed % 2 == 0, Rounding.Double, seed);
                data.Add(seed % 2 == 0, Rounding.Single, seed + 8);
            }

            data.Add(false, Rounding.FloatEven, 17);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Int8(bool isTimeMajor, Rounding rounding, int seed) =>
        Check(new RecurrentMaker(seed).Lstm(isTimeMajor, rounding));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Int16(bool isTimeMajor, Rounding rounding, int seed) =>
        Check(new RecurrentMaker(seed + 100).Lstm(isTimeMajor, rounding, TensorType.Int16));

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    [InlineData(true, 4)]
    public void Float32(bool isTimeMajor, int seed) =>
        Check(new RecurrentMaker(seed).FloatLstm(isTimeMajor), tolerance: 1e-4);

    private static void Check(Graph graph, double tolerance = 0)
    {
        var plain = new PlainLstm((UnidirectionalSequenceLstm)graph.Operators[0], graph.Rounding);
        StatefulAgreement.Check(graph, plain.Run, plain.Reset, tolerance);
    }
}
