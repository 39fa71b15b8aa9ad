using System.Diagnostics;
using System.Globalization;
using System.Text;

/// <summary><c>nano --eval DIR</c>: the accuracy and speed of each form on a test set.</summary>
internal static class Evaluation
{
    /// <summary>
    /// Pictures that are made ready, untimed, and then classified, timed: they lie in the cache, for all models alike.
    /// </summary>
    private const int Batch = 64;

    /// <summary>Times over the whole set; the models take turns, and the best time of each counts.</summary>
    private const int Rounds = 25;

    private static TestSet s_set = TestSet.Empty;
    private static byte[] s_pixels = [];
    private static float[] s_reals = [];

    public static int Run(string directory, string[] args)
    {
        bool json = args.Length == 3 && args[2] == "--json";
        if (args.Length > 2 && !json)
        {
            throw new InvalidInputException($"'{args[2]}' is not an option of --eval; expected --json alone.");
        }

        s_set = TestSet.Read(directory);
        s_pixels = new byte[Batch * Digits.Pixels];
        s_reals = new float[Batch * Digits.Pixels];
        List<Measurement> measurements = Measure();
        Console.WriteLine(json ? ToJson(measurements) : ToTable(measurements).TrimEnd());
        return 0;
    }

    private static List<Measurement> Measure()
    {
        var meters = new List<Meter>();
        foreach (Classifier classifier in Classifier.All())
        {
            meters.Add(new Meter(classifier));
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (Meter meter in meters)
            {
                meter.Round();
            }
        }

        return meters.ConvertAll(meter => meter.Result());
    }

    private static int Prepare(int first)
    {
        int count = Math.Min(Batch, s_set.Count - first);
        s_set.Pixels.AsSpan(first * Digits.Pixels, count * Digits.Pixels).CopyTo(s_pixels);
        Digits.ToReals(s_pixels.AsSpan(0, count * Digits.Pixels), s_reals);
        return count;
    }

    private sealed class Meter(Classifier model)
    {
        private long _bestTicks = long.MaxValue;
        private long _allocated;
        private int _correct;

        public void Round()
        {
            long ticks = 0;
            _correct = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int first = 0; first < s_set.Count; first += Batch)
            {
                int count = Prepare(first);
                long start = Stopwatch.GetTimestamp();
                _correct += model.CountCorrect(s_pixels, s_reals, s_set.Labels.AsSpan(first, count));
                ticks += Stopwatch.GetTimestamp() - start;
            }

            _allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            _bestTicks = Math.Min(_bestTicks, ticks);
        }

        public Measurement Result() => new(
            model.Name, model.Unit, model.Bytes, (double)_correct / s_set.Count,
            _bestTicks * (1e9 / Stopwatch.Frequency) / s_set.Count, _allocated);
    }

    private static string ToTable(List<Measurement> measurements)
    {
        var text = new StringBuilder();
        text.Append($"{s_set.Count} pictures; time: best of {Rounds} rounds, {Batch} at a time\n\n");
        text.Append("model     accuracy   weights  ns/image  vs fp32  allocated  unit\n");
        foreach (Measurement m in measurements)
        {
            double ratio = measurements[0].Nanoseconds / m.Nanoseconds;
            text.Append(CultureInfo.InvariantCulture,
                $"{m.Name,-8} {m.Accuracy,9:P2} {m.Bytes,9:N0} {m.Nanoseconds,9:F0} {ratio,7:F2}x {m.Allocated,8} B  {m.Unit}\n");
        }

        return text.ToString();
    }

    private static string ToJson(List<Measurement> measurements)
    {
        var text = new StringBuilder("{\"models\":[");
        for (int i = 0; i < measurements.Count; i++)
        {
            Measurement m = measurements[i];
            text.Append(CultureInfo.InvariantCulture,
                $"{(i > 0 ? "," : "")}{{\"name\":\"{m.Name}\",\"accuracy\":{m.Accuracy},\"weightBytes\":{m.Bytes},\"nanosecondsPerInference\":{m.Nanoseconds:F1},\"allocatedBytes\":{m.Allocated},\"dotUnit\":\"{m.Unit}\"}}");
        }

        return text.Append("]}").ToString();
    }
}
