using System.Globalization;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Golden;

/// <summary>
/// A case of <c>operators2/</c> below <c>TINYQUANT_GOLDEN</c>, whose README says what the files are: a model of one
/// operator or few, inputs, and what the reference answers in a rounding, state fresh before each input or carried.
/// Besides, the public models of <c>zoo/</c>, in the same form.
/// </summary>
/// <param name="Folder">The files.</param>
/// <param name="Graph">The model in that rounding.</param>
internal sealed record OperatorCase(GoldenFolder Folder, Graph Graph)
{
    private static readonly Lazy<(List<OperatorCase> Taken, List<string> Refused)> s_all = new(ReadAll);

    /// <summary>Why there are no cases; null where there are.</summary>
    public static string? Missing => new GoldenFactAttribute().Skip
        ?? (Directory.Exists(Root) ? null : $"There is no folder '{Root}'.");

    /// <summary>Those that the importer takes, in each rounding that there are answers for.</summary>
    public static IReadOnlyList<OperatorCase> Taken => s_all.Value.Taken;

    /// <summary>OPERATOR/TYPE of each of those that it refuses.</summary>
    public static IReadOnlyList<string> Refused => s_all.Value.Refused;

    /// <summary>Next to 0 the relative bound counts alone.</summary>
    private Tolerance Tolerance => Kind(Folder).EndsWith("_small", StringComparison.Ordinal)
        ? Tolerance.Float32 with { Absolute = 0 }
        : Tolerance.Float32;

    private static string Root => Path.Combine(GoldenFactAttribute.Root, "operators2");

    private static string Zoo => Path.Combine(GoldenFactAttribute.Root, "zoo");

    /// <summary>The folder that it is in: the operator, in small letters, or <c>zoo</c>.</summary>
    public string Operator => Path.GetFileName(Path.GetDirectoryName(Folder.Path))!;

    /// <summary>What differs first; null where nothing does.</summary>
    /// <param name="run">Runs the model over its tensors.</param>
    /// <param name="reset">Sets its state to real 0.</param>
    public string? Difference(Action<byte[][], byte[][]> run, Action reset)
    {
        RecordedTensors inputs = RecordedTensors.Read(Folder.Input, Graph.Inputs);
        string? difference = Difference(inputs, Folder.Expected(Graph.Rounding)!, run, reset);
        if (difference is not null || Folder.ExpectedStreaming(Graph.Rounding) is not { } streaming)
        {
            return difference;
        }

        reset();
        return Difference(inputs, streaming, run, () => { });
    }

    /// <summary>What is recorded of the first run.</summary>
    public byte[][] FirstInputs() => RecordedTensors.Read(Folder.Input, Graph.Inputs).Run(0);

    public override string ToString() => $"{Kind(Folder)}, {Path.GetFileName(Folder.Path)}, {Graph.Rounding}";

    private string? Difference(RecordedTensors inputs, string file, Action<byte[][], byte[][]> run, Action reset)
    {
        RecordedTensors expected = RecordedTensors.Read(file, Graph.Outputs);
        string mask = Path.Combine(Folder.Path, "mask.bin");
        RecordedTensors? compared = File.Exists(mask) ? RecordedTensors.Read(mask, Graph.Outputs) : null;
        string status = Path.Combine(Folder.Path, "status.bin");
        byte[] statuses = File.Exists(status) ? File.ReadAllBytes(status) : new byte[inputs.Count];
        byte[][] outputs = [.. Graph.Outputs.Select(t => new byte[t.ByteLength])];
        Assert.Equal((inputs.Count, inputs.Count), (expected.Count, statuses.Length));
        for (int i = 0; i < inputs.Count; i++)
        {
            reset();
            run(inputs.Run(i), outputs);
            if (statuses[i] == 0)
            {
                UnwrittenRows.Cover(Graph, expected.Run(i), outputs); // which some masks leave out
            }

            for (int o = 0; o < outputs.Length && statuses[i] == 0; o++) // a run that ends early leaves them alone
            {
                if (Difference(Graph.Outputs[o], expected.Run(i)[o], outputs[o], compared?.Run(i)[o]) is { } difference)
                {
                    string state = file.Contains("streaming", StringComparison.Ordinal) ? ", state carried" : "";
                    return $"{this}: output {o} of input {i}{state}: {difference}";
                }
            }
        }

        return null;
    }

    private string? Difference(Tensor tensor, byte[] expected, byte[] actual, byte[]? mask)
    {
        int size = tensor.Type.SizeInBytes();
        for (int i = 0; i < mask?.Length; i++)
        {
            // An element of which any byte is left out is nobody's.
            bool isCompared = mask.AsSpan(i / size * size, size).IndexOf((byte)0) < 0;
            actual[i] = isCompared ? actual[i] : expected[i];
        }

        TensorComparison found = TensorComparer.Compare(tensor.Type, Tolerance, expected, actual);
        return found.Element < 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Actual:R} at element {found.Element} of {tensor} where {found.Expected:R} is expected "
            + $"({found.Count} differ)");
    }

    private static (List<OperatorCase> Taken, List<string> Refused) ReadAll()
    {
        List<OperatorCase> taken = [];
        List<string> refused = [];
        string[] roots = Missing is not null ? [] : Directory.Exists(Zoo) ? [Root, Zoo] : [Root];
        foreach (GoldenFolder folder in roots.SelectMany(r => GoldenFolder.Find(r, [".tflite"])))
        {
            byte[] file = File.ReadAllBytes(folder.Model);
            Rounding[] roundings = [Rounding.Double, Rounding.Single];
            foreach (Rounding rounding in roundings.Where(r => folder.Expected(r) is not null))
            {
                if (TfliteImporter.Import(file, new ImportOptions { Rounding = rounding }).Graph is { } graph)
                {
                    taken.Add(new OperatorCase(folder, graph));
                }
                else if (rounding == Rounding.Double)
                {
                    refused.Add(Kind(folder));
                }
            }
        }

        return (taken, refused);
    }

    /// <summary>OPERATOR/TYPE: the folder without the number at its end.</summary>
    private static string Kind(GoldenFolder folder)
    {
        string name = Path.GetFileName(folder.Path);
        return $"{Path.GetFileName(Path.GetDirectoryName(folder.Path))}/{name[..name.LastIndexOf('-')]}";
    }
}
