using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Random SVDFs against queues of results.</summary>
public sealed class SvdfTests
{
    public static TheoryData<TensorType, Rounding, int> States
    {
        get
        {
            var data = new TheoryData<TensorType, Rounding, int>();
            foreach (TensorType state in new[] { TensorType.Int8, TensorType.Int16 })
            {
                for (int seed = 1; seed <= 4; seed++)
                {
                    data.Add(state, Rounding.Double, seed);
                    data.Add(state, Rounding.Single, seed + 4);
                }

                data.Add(state, Rounding.FloatEven, 9);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Int8_with_any_state(TensorType state, Rounding rounding, int seed) =>
        Check(new RecurrentMaker(seed).Svdf(state, rounding));

    [Theory]
    [InlineData(1, Activation.None)]
    [InlineData(2, Activation.Relu)]
    [InlineData(3, Activation.Relu6)]
    [InlineData(4, Activation.ReluN1To1)]
    public void Float32(int seed, Activation activation) => Check(new RecurrentMaker(seed).FloatSvdf(activation));

    private static void Check(Graph graph)
    {
        var plain = new PlainSvdf((Svdf)graph.Operators[0], graph.Rounding);
        StatefulAgreement.Check(graph, plain.Run, plain.Reset);
    }
}
