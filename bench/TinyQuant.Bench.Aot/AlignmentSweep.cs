namespace TinyQuant.Bench;

/// <summary>
/// The kinds of one model with its weights at every place in a cache line where NativeAOT may put them, which aligns
/// to 8 bytes: the ratio of any build's binary is one of these combinations.
/// </summary>
internal static class AlignmentSweep
{
    private const int Step = 8;
    private const int Places = PinnedBuffer<byte>.Line / Step;
    private const int Kinds = 3;

    public static void Run(int images, int rounds, int runs)
    {
        List<Func<int>> work = [];
        for (int place = 0; place < Places; place++)
        {
            DenseWorkload workload = new(images, place * Step);
            work.AddRange([workload.Float32, workload.Pixels, workload.Hybrid]);
        }

        double[] times = Timing.InTurns(work.ToArray(), rounds, runs);
        Console.WriteLine(FormattableString.Invariant($"ns an image of {images}, by the weights' address mod 64"));
        Console.WriteLine("            " + Row(place => $"{place * Step,7}"));
        Console.WriteLine("float32     " + Row(place => FormattableString.Invariant($"{Time(times, place, 0),7:F1}")));
        Console.WriteLine("static      " + Row(place => FormattableString.Invariant($"{Time(times, place, 1),7:F1}")));
        Console.WriteLine("dynamic     " + Row(place => FormattableString.Invariant($"{Time(times, place, 2),7:F1}")));
        WriteRatios("static", times, 1);
        WriteRatios("dynamic", times, 2);
    }

    private static void WriteRatios(string name, double[] times, int kind)
    {
        Console.WriteLine();
        Console.WriteLine($"float32 takes so many times as long as {name}; across: {name}'s weights, down: float32's");
        double least = double.PositiveInfinity, greatest = 0;
        for (int row = 0; row < Places; row++)
        {
            int down = row;
            Console.WriteLine($"{down * Step,12}" + Row(across =>
            {
                double ratio = Time(times, down, 0) / Time(times, across, kind);
                least = Math.Min(least, ratio);
                greatest = Math.Max(greatest, ratio);
                return FormattableString.Invariant($"{ratio,7:F2}");
            }));
        }

        Console.WriteLine(FormattableString.Invariant($"{name}: least {least:F2}, greatest {greatest:F2}"));
    }

    private static double Time(double[] times, int place, int kind) => times[(place * Kinds) + kind];

    private static string Row(Func<int, string> cell) => string.Concat(Enumerable.Range(0, Places).Select(cell));
}
