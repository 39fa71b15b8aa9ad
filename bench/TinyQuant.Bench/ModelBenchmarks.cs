using BenchmarkDotNet.Attributes;

namespace TinyQuant.Bench;

/// <summary>
/// One inference of a model an operation: of those in <c>weights/</c>, or of all that <c>BenchModels</c> names.
/// </summary>
[MemoryDiagnoser]
public class ModelBenchmarks
{
    private Func<int> _work = null!;

    /// <summary>Model and kind of arithmetic.</summary>
    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    /// <summary>Those that are compiled in.</summary>
    public static IEnumerable<string> Models => BenchModels.Create().Select(NameOf);

    /// <summary>Makes the model's memory, and its inputs.</summary>
    [GlobalSetup]
    public void Setup()
    {
        BenchModel model = BenchModels.Create().Single(m => NameOf(m) == Model);
        _work = model.Work(ModelInputs.Of(model));
    }

    [Benchmark]
    public int Run() => _work();

    private static string NameOf(BenchModel model) => $"{model.Name} {model.Kind}";
}
