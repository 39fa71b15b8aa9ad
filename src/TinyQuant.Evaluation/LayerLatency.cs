using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>Where the time of a run goes, in nanoseconds, each the best of all rounds.</summary>
/// <param name="Whole">A run of the model as it is generated for an app.</param>
/// <param name="Layers">
/// Each operator, in the model's own code with the clock read after every call; less <paramref name="ClockCost"/>, and
/// not below 0.
/// </param>
/// <param name="ClockCost">What reading the clock takes between two operators that do nothing.</param>
/// <param name="IsSettled">Whether the JIT had done its work before the first round that counts; where it had not,
/// times may be too long.</param>
public sealed record LayerTimes(double Whole, ImmutableArray<double> Layers, double ClockCost, bool IsSettled)
{
    /// <summary>All operators together; <see cref="Whole"/> but for what the clock cannot tell.</summary>
    public double Sum => Layers.Sum();
}

/// <summary>
/// Times each operator where it runs: the generated code itself, with its memory plan and in its order, so that each
/// finds in the caches what it would find in an app. Whole runs and watched ones take turns.
/// </summary>
public static class LayerLatency
{
    private const int WarmUpRuns = 40; // the JIT counts thirty calls before it optimises
    // rounds in which it compiles nothing and nothing becomes faster: it has done so
    private const int SteadyRounds = 8;
    private const int MostWarmUp = 10; // times the budget
    private const double Gain = 0.95;
    private const int LeastRounds = 20;
    private const int WatchedRuns = 10;
    private const double BatchNanoseconds = 50_000; // a batch so long that reading the clock does not show

    private static readonly TimeSpan s_compilerPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A model of which the second and the third operator are nothing: the same memory under another shape.
    /// </summary>
    private const string Nothing = """
        tinyquant-model 1
        name nothing
        tensor x float32 [1,4]
        tensor a float32 [1,4]
        tensor b float32 [4]
        tensor c float32 [1,4]
        tensor y float32 [1,4]
        input x
        output y
        op Relu x -> a
        op Reshape a -> b
        op Reshape b -> c
        op Relu c -> y
        """;

    /// <summary>Measures a model on input made of random bits, the same each time.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="budget">How long to measure, after a warm-up that ends when the JIT does, or after ten times the
    /// budget: <see cref="LayerTimes.IsSettled"/> tells which.</param>
    /// <param name="progress">Told the fraction that is done.</param>
    /// <param name="cancellation">Ends the measurement between two rounds.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    public static LayerTimes Measure(
        Graph graph, TimeSpan budget, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        cancellation.ThrowIfCancellationRequested();
        using var clock = new WatchedModel(ModelReader.Read(Nothing).Graph!);
        cancellation.ThrowIfCancellationRequested();
        using var watched = new WatchedModel(graph);
        cancellation.ThrowIfCancellationRequested();
        using var whole = new TimedModel(graph);
        bool isSettled = WarmUp([clock, watched, whole], budget, cancellation);
        clock.Forget();
        watched.Forget();
        int batch = (int)Math.Clamp(BatchNanoseconds / whole.Run(WarmUpRuns), 1, 100_000);
        double best = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < budget; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            best = Math.Min(best, whole.Run(batch));
            watched.Run(WatchedRuns);
            clock.Run(WatchedRuns);
            progress?.Report(Math.Min(1, Stopwatch.GetElapsedTime(start) / budget));
        }

        double cost = Math.Min(clock.Best[1], clock.Best[2]);
        return new LayerTimes(best, [.. watched.Best.Select(t => Math.Max(0, t - cost))], cost, isSettled);
    }

    /// <summary>
    /// Until all is compiled that will be: the optimising compiler works in the background, and on a busy machine takes
    /// its time.
    /// </summary>
    /// <returns>False where the time for it ran out.</returns>
    private static bool WarmUp(TimedModel[] models, TimeSpan budget, CancellationToken cancellation)
    {
        TimeSpan pause = budget / 10 < s_compilerPause ? budget / 10 : s_compilerPause;
        long start = Stopwatch.GetTimestamp();
        double best = double.PositiveInfinity;
        long compiled = 0;
        int last = 0;
        for (int round = 0; round - last <= SteadyRounds; round++)
        {
            if (Stopwatch.GetElapsedTime(start) >= MostWarmUp * budget)
            {
                return false;
            }

            cancellation.ThrowIfCancellationRequested();
            double time = models.Sum(m => m.Run(WarmUpRuns));
            Thread.Sleep(pause);
            long methods = JitInfo.GetCompiledMethodCount();
            if (methods != compiled || time < best * Gain)
            {
                last = round;
            }

            (compiled, best) = (methods, Math.Min(best, time));
        }

        return true;
    }

    private static double Nanoseconds(long ticks) => ticks * (1e9 / Stopwatch.Frequency);

    private class TimedModel(Graph graph, bool tracesLayers = false) : IDisposable
    {
        private readonly byte[][] _inputs = RandomInputs(graph);
        private readonly byte[][] _outputs = [.. graph.Outputs.Select(t => new byte[t.ByteLength])];

        protected CompiledModel Model { get; } = CompiledModel.Compile(graph, tracesLayers);

        /// <summary>Runs it some times and gives the time of one run.</summary>
        public double Run(int times)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < times; i++)
            {
                Model.Run(_inputs, _outputs);
            }

            return Nanoseconds(Stopwatch.GetTimestamp() - start) / times;
        }

        public void Dispose() => Model.Dispose();

        /// <summary>Any codes, and reals from -1 to 1: a kernel takes as long for one as for another.</summary>
        private static byte[][] RandomInputs(Graph graph)
        {
            var random = new Random(1);
            return [.. graph.Inputs.Select(t =>
            {
                byte[] bytes = new byte[t.ByteLength];
                if (t.Type == TensorType.Float32)
                {
                    float[] reals = [.. Enumerable.Range(0, t.ElementCount).Select(_ => (random.NextSingle() * 2) - 1)];
                    System.Runtime.InteropServices.MemoryMarshal.AsBytes(reals.AsSpan()).CopyTo(bytes);
                }
                else
                {
                    random.NextBytes(bytes);
                }

                return bytes;
            })];
        }
    }

    private sealed class WatchedModel : TimedModel
    {
        private readonly long[] _best;
        private long _last;

        public WatchedModel(Graph graph)
            : base(graph, tracesLayers: true)
        {
            _best = new long[graph.Operators.Length];
            Forget();
            Model.WatchLayers(Done);
        }

        /// <summary>The least time between the end of the operator before and its own.</summary>
        public IReadOnlyList<double> Best => [.. _best.Select(Nanoseconds)];

        public void Forget() => Array.Fill(_best, long.MaxValue);

        private void Done(int index)
        {
            long now = Stopwatch.GetTimestamp();
            if (index >= 0 && now - _last < _best[index])
            {
                _best[index] = now - _last;
            }

            _last = Stopwatch.GetTimestamp();
        }
    }
}
