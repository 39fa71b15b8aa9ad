using System.Globalization;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Verification;

/// <summary>What <c>tinyquant verify</c> says of folders that are right, and of those that are not.</summary>
public sealed class GoldenFolderTests : IDisposable
{
    private const int Runs = 5;
    private readonly string _directory = Directory.CreateTempSubdirectory("tinyquant-golden-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_plain_loops_compute_is_exact(bool layers)
    {
        Graph graph = WriteFolder();
        GoldenFolder folder = Assert.Single(GoldenFolder.Find(_directory, [".tflite", ".tqm"]));
        Assert.Null(folder.Verify(graph, layers));
    }

    [Fact]
    public void A_wrong_output_is_named_with_its_place_and_values()
    {
        Graph graph = WriteFolder();
        byte[] expected = File.ReadAllBytes(FileOf("expected.bin"));
        int runBytes = expected.Length / Runs;
        int at = (3 * runBytes) + 2;
        sbyte right = (sbyte)expected[at];
        expected[at] ^= 1;
        File.WriteAllBytes(FileOf("expected.bin"), expected);

        Mismatch mismatch = Assert.Single(GoldenFolder.Find(_directory, [".tflite", ".tqm"]))
            .Verify(graph, comparesLayers: true)!;

        Assert.Equal((3, 2, right, right ^ 1, 1),
            (mismatch.Input, mismatch.Element, (int)mismatch.Actual, (int)mismatch.Expected, mismatch.Count));
        Assert.StartsWith($"'{graph.Outputs[0].Name}' (operator 1, FullyConnected) differs for input 3 at element 2",
            mismatch.ToString(), StringComparison.Ordinal);
    }

    [Fact] // two links to the folder itself were 2 to the power of 40 paths
    public void Links_that_lead_in_circles_are_gone_through_once()
    {
        WriteFolder();
        string other = Directory.CreateDirectory(FileOf("inner")).FullName;
        foreach (string name in new[] { "a", "b" })
        {
            Directory.CreateSymbolicLink(FileOf(name), ".");
            Directory.CreateSymbolicLink(Path.Combine(other, name), "..");
        }

        Directory.CreateSymbolicLink(FileOf("nowhere"), "/no/such/folder");
        Assert.Single(GoldenFolder.Find(_directory, [".tflite", ".tqm"]));
    }

    [Fact]
    public void A_folder_behind_a_link_is_found()
    {
        WriteFolder();
        DirectoryInfo beside = Directory.CreateTempSubdirectory("tinyquant-golden-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(beside.FullName, "l"), _directory);
            Assert.Equal(Path.Combine(beside.FullName, "l"),
                Assert.Single(GoldenFolder.Find(beside.FullName, [".tflite", ".tqm"])).Path);
        }
        finally
        {
            beside.Delete(recursive: true);
        }
    }

    [Fact]
    public void Layers_that_share_bytes_take_no_more_memory_than_is_there()
    {
        WriteFolder();
        File.WriteAllBytes(FileOf("layers.bin"), new byte[1_000]);
        string[] table = [
            "op\tcode\toffset\tbytes\tname", .. Enumerable.Range(0, 5).Select(i => $"{i}\tADD\t0\t1000\tt{i}")];
        File.WriteAllLines(FileOf("layers.tsv"), table[..5]);
        Assert.Equal(4, RecordedLayer.Read(FileOf("layers.tsv")).Count);

        File.WriteAllLines(FileOf("layers.tsv"), table);
        Assert.Contains("line 6",
            Assert.Throws<InvalidDataException>(() => RecordedLayer.Read(FileOf("layers.tsv"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_wrong_layer_is_named()
    {
        Graph graph = WriteFolder();
        byte[] layers = File.ReadAllBytes(FileOf("layers.bin"));
        layers[1] ^= 4; // of the first layer
        layers[^1] ^= 4; // and of the last
        File.WriteAllBytes(FileOf("layers.bin"), layers);

        Mismatch mismatch = Assert.Single(GoldenFolder.Find(_directory, [".tflite", ".tqm"]))
            .Verify(graph, comparesLayers: true)!;

        Assert.StartsWith(
            $"'{graph.Operators[0].Outputs[0].Name}' (operator 0, FullyConnected) differs for input 0 at element 1",
            mismatch.ToString(), StringComparison.Ordinal);
        Assert.Null(Assert.Single(GoldenFolder.Find(_directory, [".tflite", ".tqm"]))
            .Verify(graph, comparesLayers: false));
    }

    [Theory]
    [InlineData("input.bin", 7, "input.bin' has 7 bytes; expected a multiple of 12")]
    [InlineData("expected.bin", 14, "expected.bin' has 14 bytes; expected a multiple of 5")]
    [InlineData("expected.bin", 5, "there are 5 inputs and 1 expected outputs")]
    [InlineData("layers.bin", 3, "expected columns op, code, offset, bytes and name, within the 3 bytes")]
    public void A_file_that_does_not_fit_is_refused(string name, int bytes, string message)
    {
        Graph graph = WriteFolder();
        File.WriteAllBytes(FileOf(name), new byte[bytes]);
        GoldenFolder folder = Assert.Single(GoldenFolder.Find(_directory, [".tflite", ".tqm"]));
        Assert.Contains(message,
            Assert.Throws<InvalidDataException>(() => folder.Verify(graph, comparesLayers: true)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Two layers, and what plain loops compute for a few inputs.</summary>
    private Graph WriteFolder()
    {
        var maker = new GraphMaker(11);
        Graph graph = maker.Build(maker.Int8(maker.Int8(maker.Int8Input(1, 12), 7), 5));
        var random = new Random(3);
        byte[][] inputs = [
            .. Enumerable.Range(0, Runs).Select(run => Agreement.RandomInput(graph.Inputs[0], random, run))];
        Dictionary<string, byte[]>[] results = [.. inputs.Select(input => PlainGraph.Run(graph, [input]))];
        byte[][] layers = [.. graph.Operators.Select(o => results[0][o.Outputs[0].Name])];
        File.WriteAllText(FileOf("model.tqm"), ModelWriter.Write(graph));
        File.WriteAllBytes(FileOf("input.bin"), [.. inputs.SelectMany(i => i)]);
        File.WriteAllBytes(FileOf("expected.bin"), [.. results.SelectMany(r => r[graph.Outputs[0].Name])]);
        File.WriteAllBytes(FileOf("layers.bin"), [.. layers.SelectMany(l => l)]);
        File.WriteAllLines(FileOf("layers.tsv"),
            ["op\tcode\toffset\tbytes\tname",
                .. graph.Operators.Select((o, i) => string.Create(CultureInfo.InvariantCulture,
            $"{i}\tFULLY_CONNECTED\t{layers.Take(i).Sum(l => l.Length)}\t{layers[i].Length}\t{o.Outputs[0].Name}"))]);
        return graph;
    }

    private string FileOf(string name) => Path.Combine(_directory, name);
}
