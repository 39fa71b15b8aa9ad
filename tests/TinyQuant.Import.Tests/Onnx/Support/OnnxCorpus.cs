using TinyQuant.Tests;

namespace TinyQuant.Import.Tests.Onnx.Support;

/// <summary>
/// The public models of <c>onnx/</c> below <c>TINYQUANT_GOLDEN</c>, whose README is a table of them: a folder each,
/// with the options that bind what the file leaves open.
/// </summary>
internal static class OnnxCorpus
{
    public static string Root => Path.Combine(GoldenFactAttribute.Root, "onnx");

    /// <summary>All of them; none where they are not there.</summary>
    public static IReadOnlyList<CorpusModel> Models { get; } = Read();

    private static List<CorpusModel> Read()
    {
        string readme = Path.Combine(Root, "README.md");
        return !File.Exists(readme) ? [] : [
            .. File.ReadLines(readme).Where(l => l.StartsWith("| `", StringComparison.Ordinal))
                .Select(l => l.Split('|')).Select(c => Of(c[1].Trim(' ', '`'), c[6].Trim(' ', '`'), int.Parse(c[5])))];
    }

    private static CorpusModel Of(string name, string options, int stage)
    {
        string[] words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<(string Option, string Value)> pairs = [.. words.Chunk(2).Select(p => (p[0], p[1]))];
        string folder = Path.Combine(Root, name);
        return new CorpusModel(name, stage, File.ReadAllBytes(Path.Combine(folder, "model.onnx")), new ImportOptions
        {
            Shapes = [.. pairs.Where(p => p.Option == "--shape").Select(p =>
                InputShape.TryParse(p.Value, out InputShape? shape) ? shape! : throw new FormatException(p.Value))],
            Constants = [.. pairs.Where(p => p.Option == "--constant").Select(p =>
                InputConstant.TryParse(p.Value, out InputConstant? constant) ? constant!
                    : throw new FormatException(p.Value))],
            ExternalData = file => Path.Combine(folder, file) is var path && File.Exists(path)
                ? (ReadOnlyMemory<byte>?)File.ReadAllBytes(path)
                : null,
        });
    }
}

/// <summary>A model of the corpus.</summary>
internal sealed record CorpusModel(string Name, int Stage, byte[] File, ImportOptions Options)
{
    /// <summary>Names, types and shapes of what it has, as ONNX Runtime says; empty where not recorded.</summary>
    public IReadOnlyList<(string Direction, string Name, string Type, string Shape)> Ends
    {
        get
        {
            string path = Path.Combine(OnnxCorpus.Root, Name, "io.tsv");
            return !System.IO.File.Exists(path) ? [] : [
                .. System.IO.File.ReadLines(path).Skip(1).Select(l => l.Split('\t'))
                    .Select(c => (c[0], c[1], c[2], c[3]))];
        }
    }

    public override string ToString() => Name;
}
