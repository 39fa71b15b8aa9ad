using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TinyQuant.Generator.Inspection;
using TinyQuant.Import;
using TinyQuant.Model;
using Xunit.Abstractions;

namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>
/// Files of up to 1 MB that were made to take much: each is imported and inspected within bounds, or refused with a
/// message.
/// <c>scripts/fuzz-models.sh</c> runs 100,000 in a heap of 512 MB, looks at the processor time of each too, and builds
/// the largest.
/// </summary>
public sealed class HostileFileTests(ITestOutputHelper output)
{
    private const string CountVariable = "TINYQUANT_FUZZ_FILES";
    private const string SeedVariable = "TINYQUANT_FUZZ_SEED";
    private const string FolderVariable = "TINYQUANT_FUZZ_FOLDER";
    private const int Files = 400;
    private const int KeptFiles = 6;
    private const int LongestFile = 1 << 20;
    private const int LongestMessage = 10_000;
    private const long MostBytes = 2L << 30; // of all that was allocated; most of it is given back at once
    private const double MostSeconds = 5;

    [Fact]
    public void Are_inspected_or_refused_within_bounds()
    {
        int count = Number(CountVariable, Files), first = Number(SeedVariable, 0);
        bool isMeasured = Environment.GetEnvironmentVariable(CountVariable) is not null; // the gate looks at no clock
        int taken = 0;
        (double Seconds, int Seed) slowest = default;
        (long Bytes, int Seed) largest = default;
        var kept = new PriorityQueue<string, long>();
        for (int seed = first; seed < first + count; seed++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan begun = Environment.CpuUsage.TotalTime; // a clock would count what other programs take
            (string? text, InspectedModel? model) = Inspect(seed);
            slowest = Max(slowest, ((Environment.CpuUsage.TotalTime - begun).TotalSeconds, seed));
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            largest = Max(largest, (bytes, seed));
            Assert.True(bytes <= MostBytes,
                $"The file of seed {seed} took {bytes} bytes; {SeedVariable}={seed} {CountVariable}=1 repeats it. "
                    + $"{Start(text)}");
            Assert.True(!isMeasured || slowest.Seconds <= MostSeconds,
                $"The file of seed {slowest.Seed} took {slowest.Seconds} s of processor time; "
                    + $"{SeedVariable}={seed} {CountVariable}=1 repeats it.");
            if (model is not null)
            {
                taken++;
                kept.Enqueue(text!,
                    model.BakedBytes + (500L * model.Operators.Sum(o => 1 + o.Inputs.Length + o.Outputs.Length)));
                if (kept.Count > KeptFiles)
                {
                    kept.Dequeue();
                }
            }
        }

        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{count} files from seed {first}, {taken} taken"));
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"most allocated {largest.Bytes >> 20} MB (seed {largest.Seed}), most processor time {slowest.Seconds:0.00} s (seed {slowest.Seed})"));
        Assert.InRange(taken, isMeasured ? 0 : 10, count - (isMeasured ? 0 : 10));
        Keep(kept);
    }

    private static (string? Text, InspectedModel? Model) Inspect(int seed)
    {
        var random = new Random(seed);
        string text;
        if (random.Next(3) == 0)
        {
            byte[] file = HostileFlatFiles.Of(random);
            ImportResult imported = TfliteImporter.Import(file.AsMemory(0, Math.Min(file.Length, LongestFile)));
            if (imported.Graph is null)
            {
                Refused(imported.Errors.Select(e => e.Message), seed);
                return default;
            }

            text = ModelWriter.Write(imported.Graph);
        }
        else
        {
            text = HostileTexts.Of(random);
            text = text[..Math.Min(text.Length, LongestFile)];
        }

        InspectedModel? model = ModelInspector.Inspect(text, out ImmutableArray<string> errors);
        if (model is null)
        {
            Refused(errors, seed);
        }

        return (text, model);
    }

    private static void Refused(IEnumerable<string> messages, int seed)
    {
        Assert.NotEmpty(messages);
        Assert.All(messages,
            m =>
                Assert.True(m.Length <= LongestMessage && !string.IsNullOrWhiteSpace(m),
                    $"seed {seed}: a message of {m.Length} characters"));
    }

    /// <summary>The files of which the compiler gets most, for a script that builds them.</summary>
    private static void Keep(PriorityQueue<string, long> kept)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder)
        {
            return;
        }

        while (kept.TryDequeue(out string? text, out long size))
        {
            File.WriteAllText(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{size:D12}-{kept.Count}.tqm")), text,
                new UTF8Encoding(false));
        }
    }

    private static string Start(string? text) => text is null ? "" : text[..Math.Min(text.Length, 200)];

    private static (T, int) Max<T>((T, int) a, (T, int) b)
        where T : IComparable<T> => a.Item1.CompareTo(b.Item1) >= 0 ? a : b;

    private static int Number(string variable, int missing) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture,
            out int value)
            ? value
            : missing;
}
