using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Golden;

/// <summary>
/// A case of <c>operators2/</c> below <c>TINYQUANT_GOLDEN</c>, whose README says what the files are: a model of one operator or
/// few, inputs, and what the reference answers in a rounding, state fresh before each input or carried.
/// </summary>
/// <param name="Folder">The files.</param>
/// <param name="Graph">The model in that rounding.</param>
internal sealed record OperatorCase(GoldenFolder Folder, Graph Graph)
{
    private const double RelativeTolerance = 1e-4;
    private const double AbsoluteTolerance = 1e-5;

    /// <summary>Kinds that are about what float32 operators answer at their ends.</summary>
    private static readonly string[] s_ends = ["float32_overflow", "float32_nan", "float32_bias_last", "float32_small"];

    private static readonly Lazy<(List<OperatorCase> Taken, List<string> Refused, List<string> LeftOut)> s_all = new(ReadAll);

    /// <summary>Those that the importer takes, in each rounding that there are answers for.</summary>
    public static IReadOnlyList<OperatorCase> Taken => s_all.Value.Taken;

    /// <summary>OPERATOR/TYPE of each of those that it refuses.</summary>
    public static IReadOnlyList<string> Refused => s_all.Value.Refused;

    /// <summary>OPERATOR/TYPE of each of those that are not compared.</summary>
    public static IReadOnlyList<string> LeftOut => s_all.Value.LeftOut;

    /// <summary>The folder that it is in: the operator, in small letters.</summary>
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
            for (int o = 0; o < outputs.Length && statuses[i] == 0; o++) // a run that ends early leaves them as they are
            {
                if (Difference(Graph.Outputs[o], expected.Run(i)[o], outputs[o], compared?.Run(i)[o]) is { } difference)
                {
                    return $"{this}: output {o} of input {i}{(file.Contains("streaming", StringComparison.Ordinal) ? ", state carried" : "")}: {difference}";
                }
            }
        }
        return null;
    }

    private string? Difference(Tensor tensor, byte[] expected, byte[] actual, byte[]? mask)
    {
        int size = tensor.Type.SizeInBytes();
        double absolute = Kind(Folder).EndsWith("_small", StringComparison.Ordinal) ? 0 : AbsoluteTolerance;
        for (int at = 0; at < expected.Length; at += size)
        {
            bool isEqual = expected.AsSpan(at, size).SequenceEqual(actual.AsSpan(at, size))
                || mask?[at] == 0
                || (tensor.Type == TensorType.Float32
                    && IsClose(MemoryMarshal.Read<float>(expected.AsSpan(at)), MemoryMarshal.Read<float>(actual.AsSpan(at)), absolute));
            if (!isEqual)
            {
                return $"bytes {Convert.ToHexString(actual, at, size)} at element {at / size} of {tensor} where "
                    + $"{Convert.ToHexString(expected, at, size)} are expected";
            }
        }
        return null;
    }

    private static bool IsClose(float expected, float actual, double absolute) => !float.IsFinite(expected) || !float.IsFinite(actual)
        ? expected.Equals(actual)
        : Math.Abs((double)expected - actual) <= Math.Max(absolute, RelativeTolerance * Math.Abs((double)expected));

    private static (List<OperatorCase>, List<string>, List<string>) ReadAll()
    {
        List<OperatorCase> taken = [];
        List<string> refused = [];
        List<string> leftOut = [];
        string root = Path.Combine(GoldenFactAttribute.Root, "operators2");
        foreach (GoldenFolder folder in Directory.Exists(root) ? GoldenFolder.Find(root) : [])
        {
            string kind = Kind(folder);
            if (s_ends.Any(end => kind.EndsWith(end, StringComparison.Ordinal)))
            {
                leftOut.Add(kind);
                continue;
            }
            byte[] file = File.ReadAllBytes(folder.Model);
            foreach (Rounding rounding in new[] { Rounding.Double, Rounding.Single }.Where(r => folder.Expected(r) is not null))
            {
                if (TfliteImporter.Import(file, new ImportOptions { Rounding = rounding }).Graph is { } graph)
                {
                    taken.Add(new OperatorCase(folder, graph));
                }
                else if (rounding == Rounding.Double)
                {
                    refused.Add(kind);
                }
            }
        }
        return (taken, refused, leftOut);
    }

    /// <summary>OPERATOR/TYPE: the folder without the number at its end.</summary>
    private static string Kind(GoldenFolder folder)
    {
        string name = Path.GetFileName(folder.Path);
        return $"{Path.GetFileName(Path.GetDirectoryName(folder.Path))}/{name[..name.LastIndexOf('-')]}";
    }
}
