using TinyQuant.Bench.Operators;
using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>The rows of <c>bench.sh --operators</c>; nothing is timed here.</summary>
[Trait("Units", "alike")] // what the rows compute, other tests know
public sealed class BenchRowTests
{
    public static TheoryData<string> Families { get; } =
        [.. OperatorRow.All.Select(r => r.Family).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Every_operator_has_one() =>
        Assert.Equal(OperatorRegistry.Kinds, OperatorRow.All.Select(r => r.Kind).Distinct(StringComparer.Ordinal).Order(
            StringComparer.Ordinal));

    [Fact]
    public void No_two_are_alike() => Assert.Equal(
        OperatorRow.All.Count, OperatorRow.All.Select(r => r.WriteModel()).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Families))]
    public void All_compile_and_run(string family)
    {
        var batch = new ModelBatch();
        foreach (OperatorRow row in OperatorRow.All.Where(r => r.Family == family))
        {
            ModelReadResult read = ModelReader.Read(row.WriteModel());
            Assert.True(read.Graph is not null, $"{row}: {string.Join('\n', read.Errors)}");
            Assert.Equal(1, read.Graph.Operators.Count(o => o is not ReadVariable || row.Kind == nameof(ReadVariable)));
            batch.Add(read.Graph, row.ToString());
        }

        batch.Run();
    }
}
