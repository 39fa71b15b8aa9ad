using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Onnx.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Onnx.Tests;

/// <summary>
/// ONNX's own tests of operators, which <c>scripts/fetch-onnx-tests.sh</c> fetches: what becomes of each is a line of
/// <c>node-tests.txt</c>, and a difference either way fails.
/// </summary>
public sealed class NodeTests
{
    private const string Variable = "TINYQUANT_ONNX_NODES";
    private const int Together = 100;

    [NodeTestsFact]
    public void Each_test_passes_or_is_refused_as_the_list_says()
    {
        NodeTest[] tests = [.. Directory.GetDirectories(Root!).Order(StringComparer.Ordinal).Select(NodeTest.Read)];
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (NodeTest test in tests.Where(t => t.Graph is null))
        {
            lines.Add(test.Name, $"refused: {test.Refusal}");
        }

        foreach (NodeTest[] some in tests.Where(t => t.Graph is not null).Chunk(Together))
        {
            using var batch = new CompiledBatch([.. some.Select(t => t.Graph!)]);
            for (int i = 0; i < some.Length; i++)
            {
                byte[][] outputs = [.. some[i].Graph!.Outputs.Select(t => new byte[t.ByteLength])];
                batch.Run(i, some[i].Inputs(), outputs);
                string? difference = some[i].Difference(outputs);
                lines.Add(some[i].Name, difference is null ? "passes" : $"WRONG: {difference}");
            }
        }

        string[] found = [.. lines.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key} {l.Value}")];
        string list = Repository.File("tests", "TinyQuant.Onnx.Tests", "node-tests.txt");
        if (Environment.GetEnvironmentVariable("TINYQUANT_WRITE_LISTS") == "1")
        {
            File.WriteAllLines(list, found);
        }

        Assert.Equal(File.ReadAllLines(list), found);
        Assert.DoesNotContain(found, l => l.Contains(" WRONG: ", StringComparison.Ordinal));
    }

    private static string? Root => Environment.GetEnvironmentVariable(Variable);

    /// <summary>A test that needs the files.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NodeTestsFactAttribute : FactAttribute
    {
        public NodeTestsFactAttribute() => Skip = Directory.Exists(Root)
            ? null
            : $"ONNX's tests are not there. Run scripts/fetch-onnx-tests.sh, and set {Variable} to the folder it prints.";
    }
}
