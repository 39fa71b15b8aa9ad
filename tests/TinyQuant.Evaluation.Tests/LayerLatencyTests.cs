using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests;

/// <summary>What a measurement of layers has; how long anything takes is no test's business.</summary>
public class LayerLatencyTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void Every_operator_has_a_time()
    {
        Graph graph = ModelReader.Read(File.ReadAllText(Repository.File("weights", "mnist-mlp.int8.tqm"))).Graph!;
        var fractions = new List<double>();
        LayerTimes times = LayerLatency.Measure(graph, s_short, new Told(fractions.Add));

        Assert.Equal(graph.Operators.Length, times.Layers.Length);
        Assert.All(times.Layers, t => Assert.True(t >= 0 && double.IsFinite(t)));
        Assert.True(times.Whole > 0 && double.IsFinite(times.Whole) && times.ClockCost > 0);
        Assert.Equal(times.Layers.Sum(), times.Sum);
        Assert.Equal(1, fractions[^1]);
    }

    [Fact]
    public void No_time_for_the_jit_is_told()
    {
        Graph graph = ModelReader.Read(File.ReadAllText(Repository.File("weights", "mnist-linear.int8.tqm"))).Graph!;

        Assert.False(LayerLatency.Measure(graph, TimeSpan.Zero).IsSettled);
    }

    [Fact]
    public void It_ends_when_it_is_told_to()
    {
        Graph graph = ModelReader.Read(File.ReadAllText(Repository.File("weights", "mnist-linear.int8.tqm"))).Graph!;
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            LayerLatency.Measure(graph, s_short, new Told(_ => source.Cancel()), source.Token));
    }

    private sealed class Told(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
