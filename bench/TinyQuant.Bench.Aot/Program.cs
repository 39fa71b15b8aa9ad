using System.Diagnostics;
using System.Globalization;
using TinyQuant;
using TinyQuant.Bench;

// Times of each kind in turn, many short rounds, the tenth percentile of each: other load on the machine then
// hits all alike, and least.
DenseWorkload workload = new(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1024);
(string Name, Func<int> Run)[] kinds =
[
    ("float32", workload.Float32),
    ("ten TensorPrimitives.Dot", workload.TensorPrimitivesDot),
    ("int8 from pixels", workload.Int8),
    ("int8 of pixels", workload.Pixels),
    ("hybrid", workload.Hybrid),
    ("dynamic quantization alone", workload.Dynamic),
];

const int Rounds = 301;
const int Runs = 1024;
double[][] times = [.. kinds.Select(_ => new double[Rounds])];
int sink = 0;
for (int round = -3; round < Rounds; round++)
{
    for (int kind = 0; kind < kinds.Length; kind++)
    {
        Func<int> run = kinds[kind].Run;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Runs; i++)
        {
            sink += run();
        }

        if (round >= 0)
        {
            times[kind][round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Runs;
        }
    }
}

Console.WriteLine($"784x10, int8 unit {DotUnits.Int8}, float32 unit {DotUnits.Float32} ({sink & 1})");
foreach (double[] kind in times)
{
    Array.Sort(kind);
}

for (int kind = 0; kind < kinds.Length; kind++)
{
    Console.WriteLine(FormattableString.Invariant(
        $"{kinds[kind].Name,-28} {times[kind][Rounds / 10],8:F1} ns   float32 takes {times[0][Rounds / 10] / times[kind][Rounds / 10]:F2} times as long"));
}
