using System.Globalization;
using TinyQuant;
using TinyQuant.Bench;

// TinyQuant.Bench.Aot [--alignment] [IMAGES]
const int Rounds = 301;
bool alignment = args is ["--alignment", ..];
string? number = alignment ? args.ElementAtOrDefault(1) : args.ElementAtOrDefault(0);
Console.WriteLine($"784x10, int8 unit {DotUnits.Int8}, float32 unit {DotUnits.Float32}");
if (alignment)
{
    // As many as nano has in the cache; the inputs of all places would not fit beside each other.
    int images = number is null ? 64 : int.Parse(number, CultureInfo.InvariantCulture);
    AlignmentSweep.Run(images, Rounds, runs: 256);
    return;
}

DenseWorkload workload = new(number is null ? 1024 : int.Parse(number, CultureInfo.InvariantCulture));
(string Name, Func<int> Run)[] kinds =
[
    ("float32", workload.Float32),
    ("ten TensorPrimitives.Dot", workload.TensorPrimitivesDot),
    ("int8 from pixels", workload.Int8),
    ("int8 of pixels", workload.Pixels),
    ("hybrid", workload.Hybrid),
    ("dynamic quantization alone", workload.Dynamic),
];
double[] times = Timing.InTurns(Array.ConvertAll(kinds, kind => kind.Run), Rounds, runs: 1024);
for (int kind = 0; kind < kinds.Length; kind++)
{
    Console.WriteLine(FormattableString.Invariant(
        $"{kinds[kind].Name,-28} {times[kind],8:F1} ns   float32 takes {times[0] / times[kind]:F2} times as long"));
}
