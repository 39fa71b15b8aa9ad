using System.Reflection;
using TinyQuant.Bench;

// Times the same models in ONNX Runtime, and ML.NET's softmax regression: TinyQuant.Bench.OnnxRuntime DIRECTORY [--only
// NAME] [--rounds N] [--json FILE].
if (BenchArguments.Parse(args) is not { } arguments)
{
    return 2;
}

string[] files =
[
    .. Directory.GetFiles(arguments.Directory, "*.onnx")
        .Where(f => arguments.Takes(Path.GetFileNameWithoutExtension(f).Replace('.', ' ')))
        .Order(StringComparer.Ordinal),
];
if (files.Length == 0)
{
    Console.Error.WriteLine($"no ONNX file is in '{arguments.Directory}'");
    return 1;
}

var run = new BenchRun($"ONNX Runtime {Version(typeof(Microsoft.ML.OnnxRuntime.OrtEnv))}", "JIT", "");
OnnxModel[] models = Array.ConvertAll(files, f => new OnnxModel(f));
using var regression = new LogisticRegression();
List<Func<int>> work = [.. models.Select(m => (Func<int>)m.Run), regression.Run];
string[] names = [.. files.Select(f => Path.GetFileNameWithoutExtension(f)),
    $"linear.ML.NET {Version(typeof(Microsoft.ML.MLContext))}"];
double[] times = Timing.InTurns(
    work.ToArray(), arguments.Rounds, work.ConvertAll(w => Timing.RunsOf(w, TimeSpan.FromMilliseconds(1))).ToArray());
for (int i = 0; i < names.Length; i++)
{
    string[] parts = names[i].Split('.', 2);
    run.Rows.Add((parts[0], parts[1], times[i]));
}

Array.ForEach(models, m => m.Dispose());
run.WriteTable();
if (arguments.Json is not null)
{
    run.WriteJson(arguments.Json);
}

return 0;

// The package's version, which the assembly's own is not.
static string Version(Type type) =>
    type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
