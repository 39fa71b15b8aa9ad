using System.Runtime.CompilerServices;
using TinyQuant;
using TinyQuant.Bench;

// Times the models of the benchmark that were compiled in: TinyQuant.Bench.Models DIRECTORY [--only NAME] [--rounds N]
// [--json FILE].
if (BenchArguments.Parse(args) is not { } arguments)
{
    return 2;
}

BenchModel[] models = [.. BenchModels.Create().Where(m => arguments.Takes($"{m.Name} {m.Kind}"))];
if (models.Length == 0)
{
    Console.Error.WriteLine(
        "no such models are compiled in; build with -p:BenchModels=DIRECTORY, the one that TinyQuant.Bench.Prepare "
            + "wrote");
    return 1;
}

var run = new BenchRun(
    $"TinyQuant {typeof(DotUnits).Assembly.GetName().Version?.ToString(3)}",
    RuntimeFeature.IsDynamicCodeCompiled ? "JIT" : "NativeAOT",
    $"int8 {DotUnits.Int8}, float32 {DotUnits.Float32}");
Func<int>[] work = Array.ConvertAll(models, m => m.Work(arguments.Directory));
double[] times = Timing.InTurns(
    work, arguments.Rounds, Array.ConvertAll(work, w => Timing.RunsOf(w, TimeSpan.FromMilliseconds(1))));
run.Rows.AddRange(models.Zip(times, (m, time) => (m.Name, m.Kind, time)));
run.WriteTable();
if (arguments.Json is not null)
{
    run.WriteJson(arguments.Json);
}

return 0;
