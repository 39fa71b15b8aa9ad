namespace TinyQuant.Bench;

/// <summary>Built without <c>-p:BenchModels=DIRECTORY</c>, the program has nothing to measure, and says so.</summary>
internal static class BenchModels
{
    public static IEnumerable<BenchModel> Create() => [];
}
