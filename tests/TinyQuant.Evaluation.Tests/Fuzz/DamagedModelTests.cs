using System.Text;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Import;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>
/// Model files with bits flipped, cut and spliced: each is read or refused with a message, within bounds; and whatever
/// is read generates, compiles without a warning and runs.
/// </summary>
public sealed class DamagedModelTests
{
    private const int Mutations = 10_000;
    private const int BatchSize = 100;
    private const long MostBytes = 64L << 20;
    private const int LargeModel = 20_000; // bytes of constants; the compiler takes a second for a few hundred thousand
    private const int CompiledOfLarge = 1;

    [GoldenFact]
    public void Golden_files() => Check(GoldenFactAttribute.ModelFiles().SelectMany((path, seed) =>
    {
        byte[] file = File.ReadAllBytes(path);
        byte[] text = Encoding.UTF8.GetBytes(ModelWriter.Write(TfliteImporter.Import(file).Graph!));
        int each = (Mutations / 2 / GoldenFactAttribute.ModelFiles().Length) + 1;
        return Mutated(path, file, each, seed, ReadTflite)
            .Concat(Mutated(path + " as .tqm", text, each, seed, ReadText));
    }));

    [Fact]
    public void Files_of_our_own()
    {
        var maker = new GraphMaker(5);
        Graph graph = maker.Build(maker.Int8(maker.Int8(maker.Int8Input(2, 9), 7), 5));
        Check(Mutated("made", Encoding.UTF8.GetBytes(ModelWriter.Write(graph)), 1_000, 1, ReadText));
    }

    [Fact]
    public void Files_with_int4()
    {
        var maker = new GraphMaker(6);
        Graph graph = Int4Maker.Shrink(maker.Build(maker.Int8(maker.Int8(maker.Int8Input(2, 40), 7), 5)), maker.Random);
        Check(Mutated("made", Encoding.UTF8.GetBytes(ModelWriter.Write(graph)), 500, 2, ReadText));
    }

    private static void Check(IEnumerable<(Graph Graph, string Origin)> models)
    {
        var batch = new ModelBatch();
        int imported = 0;
        foreach (IGrouping<string, (Graph Graph, string Origin)> file in models.GroupBy(m => m.Origin.Split('#')[0]))
        {
            int compiled = 0;
            foreach ((Graph graph, string origin) in file)
            {
                imported++;
                if (graph.ConstantBytes > LargeModel && ++compiled > CompiledOfLarge)
                {
                    var alone = new ModelBatch();
                    alone.Add(graph, origin);
                    alone.Generate();
                    continue;
                }

                batch.Add(graph, origin);
                if (batch.Count == BatchSize)
                {
                    batch.Run();
                    batch = new ModelBatch();
                }
            }
        }

        batch.Run();
        Assert.True(imported > 0);
    }

    private static IEnumerable<(Graph Graph, string Origin)> Mutated(
        string name, byte[] file, int count, int seed, Func<byte[], string, Graph?> read)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            string origin = $"{name}#{i}";
            byte[] damaged = Mutation.Of(file, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Graph? graph = read(damaged, origin);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytes, $"{origin} allocated {allocated} bytes");
            if (graph is not null)
            {
                yield return (graph, origin);
            }
        }
    }

    private static Graph? ReadTflite(byte[] file, string origin)
    {
        ImportResult result = TfliteImporter.Import(file);
        Assert.True(result.Graph is not null || !result.Errors.IsEmpty, origin);
        return result.Graph;
    }

    private static Graph? ReadText(byte[] file, string origin)
    {
        ModelReadResult result = ModelReader.Read(Encoding.UTF8.GetString(file));
        Assert.True(result.Graph is not null || !result.Errors.IsEmpty, origin);
        return result.Graph;
    }
}
