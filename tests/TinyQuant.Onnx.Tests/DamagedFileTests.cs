using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Onnx.Tests.Support;

namespace TinyQuant.Onnx.Tests;

/// <summary>
/// Files in which some bytes are others: they are read or refused, and what is read compiles and runs.
/// </summary>
public sealed class DamagedFileTests
{
    private const int Files = 10_000;
    private const int Compiled = 100;
    private const int MostElements = 1 << 16;

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        byte[][] whole = [.. Cases.All().Select(c => c.Build())];
        var random = new Random(19);
        var read = new List<Graph>();
        for (int i = 0; i < Files; i++)
        {
            byte[] file = [.. whole[random.Next(whole.Length)]];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            ImportResult result = Import(file, i);
            Assert.NotEqual(result.Errors.IsEmpty, result.Graph is null);
            if (result.Graph is { } graph && graph.Tensors.Sum(t => (long)t.ElementCount) < MostElements)
            {
                read.Add(graph);
            }
        }

        Assert.True(read.Count > Compiled, "Nearly all was refused: nothing was tried.");
        Run([.. read.Take(Compiled)]);
    }

    private static ImportResult Import(byte[] file, int number)
    {
        try
        {
            return OnnxImporter.Import(file, new ImportOptions { DefaultName = "damaged" });
        }
        catch (Exception e) // whatever it is, it is a fault
        {
            Assert.Fail(FormattableString.Invariant($"File {number} made the importer throw: {e}"));
            throw;
        }
    }

    private static void Run(Graph[] graphs)
    {
        using var batch = new CompiledBatch(graphs);
        for (int i = 0; i < graphs.Length; i++)
        {
            batch.Run(
                i, [.. graphs[i].Inputs.Select(t => new byte[t.ByteLength])],
                [.. graphs[i].Outputs.Select(t => new byte[t.ByteLength])]);
        }
    }
}
