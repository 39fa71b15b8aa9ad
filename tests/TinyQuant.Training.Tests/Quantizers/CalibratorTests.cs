using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Quantizers;

public class CalibratorTests
{
    private static readonly Graph s_graph = Graphs.Linear(2, 2, layer =>
    {
        new[] { 1f, 0f, 0f, -2f }.CopyTo(layer.Weights.Values, 0);
        new[] { 0.5f, 0f }.CopyTo(layer.Bias.Values, 0);
    });

    [Fact]
    public void Keeps_the_extremes_of_input_and_output_over_all_examples()
    {
        Calibration calibration = Calibrator.Run(s_graph, new PlainRunner(s_graph), [[1, 2], [-3, 0.5f]]);

        Assert.Equal(new ValueRange(-3, 2), calibration.Ranges["image"]);
        Assert.Equal(new ValueRange(-4, 1.5f), calibration.Ranges["scores"]);
        Assert.Equal(new ValueRange(0, 1), calibration.With("image", new ValueRange(0, 1)).Ranges["image"]);
    }

    [Fact]
    public void No_example_a_wrong_length_or_a_number_that_is_not_finite_is_an_error()
    {
        var runner = new PlainRunner(s_graph);

        Assert.Throws<ArgumentException>(() => Calibrator.Run(s_graph, runner, []));
        Assert.Throws<ArgumentException>(() => Calibrator.Run(s_graph, runner, [[1, 2, 3]]));
        Assert.Throws<ArgumentException>(() => Calibrator.Run(s_graph, runner, [[1, float.PositiveInfinity]]));
    }

    [Fact]
    public void What_is_no_number_is_named_with_its_example()
    {
        string Message(params float[][] inputs) =>
            Assert.Throws<ArgumentException>(() => Calibrator.Run(s_graph, new PlainRunner(s_graph), inputs)).Message;

        Assert.Contains(
            "'image' holds NaN at 1 for example 2", Message([1, 2], [3, float.NaN]), StringComparison.Ordinal);
        Assert.Matches("'scores' holds (-∞|-Infinity) at 1 for example 1", Message([0, 3e38f]));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_named_before_anything_runs()
    {
        foreach (bool isBias in new[] { false, true })
        {
            Graph graph = Graphs.Linear(2, 3,
                l => (isBias ? l.Bias : l.Weights).Values[2] = float.NaN) with
            { Name = "broken" };
            string expected = $"'dense.{(isBias ? "bias" : "weights")}' holds NaN at 2; expected finite numbers";

            Assert.Equal(expected, FiniteConstants.FindOther(graph));
            ArgumentException error = Assert.Throws<ArgumentException>(
                () => new PostTrainingQuantizer(graph, g => throw new InvalidOperationException(), () => []));
            Assert.Contains($"'broken': {expected}.", error.Message, StringComparison.Ordinal);
        }

        Assert.Null(FiniteConstants.FindOther(s_graph));
    }

    [Fact]
    public void A_runner_that_hides_a_tensor_is_an_error()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Calibrator.Run(s_graph, new Hiding(), [[1, 2]]));

        Assert.Contains("'scores'", error.Message, StringComparison.Ordinal);
    }

    private sealed class Hiding : IGraphRunner
    {
        public IReadOnlyDictionary<string, float[]> Run(float[] input) => new Dictionary<string, float[]>();
    }
}
