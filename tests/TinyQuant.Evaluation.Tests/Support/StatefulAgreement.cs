using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>Compares the generated code of an operator with state with a plain form of it, run after run.</summary>
internal static class StatefulAgreement
{
    private const int Runs = 15;

    /// <summary>State carried from run to run, then reset before each.</summary>
    /// <param name="graph">One input, one output.</param>
    /// <param name="run">A run of the plain form.</param>
    /// <param name="reset">Its reset.</param>
    /// <param name="tolerance">How far reals may differ; 0 for codes.</param>
    public static void Check(Graph graph, Func<byte[], double[]> run, Action reset, double tolerance = 0)
    {
        using var model = CompiledOnce.Model(graph);
        Tensor output = graph.Outputs[0];
        var random = new Random(1);
        var seen = new HashSet<double>();
        for (int i = 0; i < 2 * Runs; i++)
        {
            if (i >= Runs)
            {
                model.Reset();
                reset();
            }

            byte[] input = Agreement.RandomInput(graph.Inputs[0], random, i);
            byte[] actual = new byte[output.ByteLength];
            model.Run([input], [actual]);
            double[] expected = run(input);
            Equal(expected, TensorValues.Decode(output.Type, actual), tolerance);
            seen.UnionWith(expected);
        }

        Assert.True(seen.Count > 3, "The outputs are all but constant: nothing was tested.");
    }

    private static void Equal(double[] expected, double[] actual, double tolerance)
    {
        if (tolerance == 0)
        {
            Assert.Equal(expected, actual);
            return;
        }

        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
