using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Golden;

/// <summary>
/// One-operator models with edge values, for all operators and types of the reference: what the importer takes is generated,
/// compiled and exact; what it refuses is counted.
/// </summary>
public sealed class OperatorCaseTests
{
    public static TheoryData<string> Operators => OperatorCase.Taken.Count == 0
        ? new("") // a theory has at least one case, which says why it is skipped
        : new(OperatorCase.Taken.Select(c => c.Operator).Distinct());

    [GoldenTheory]
    [MemberData(nameof(Operators))]
    public void Every_case_that_is_imported_is_exact(string name)
    {
        OperatorCase[] cases = [.. OperatorCase.Taken.Where(c => c.Operator == name)];
        using var batch = new CompiledBatch([.. cases.Select(c => c.Graph)]);
        string[] differences = [.. cases.Select((c, i) => c.Difference((x, y) => batch.Run(i, x, y), () => batch.Reset(i))).OfType<string>()];

        Assert.NotEmpty(cases);
        Assert.True(differences.Length == 0, $"{differences.Length} of {cases.Length} differ:\n" + string.Join('\n', differences));
    }

    [RefusedCasesFact]
    public void Cases_that_are_refused_are_imported() => Assert.Empty(OperatorCase.Refused);

    [LeftOutCasesFact]
    public void Ends_of_float32_are_compared() => Assert.Empty(OperatorCase.LeftOut);
}

/// <summary>Skipped as long as there are cases that the importer refuses; the message counts them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusedCasesFactAttribute : FactAttribute
{
    public RefusedCasesFactAttribute() => Skip = new GoldenFactAttribute().Skip ?? Counts.Of(OperatorCase.Refused, "are refused by the importer");
}

/// <summary>Skipped as long as there are cases that are left out; the message counts them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LeftOutCasesFactAttribute : FactAttribute
{
    public LeftOutCasesFactAttribute() => Skip = new GoldenFactAttribute().Skip ?? Counts.Of(OperatorCase.LeftOut, "are not compared yet");
}

file static class Counts
{
    public static string? Of(IReadOnlyList<string> cases, string what) => cases.Count == 0
        ? null
        : $"{cases.Count} cases {what}: " + string.Join(", ", cases.GroupBy(k => k).Select(g => $"{g.Key} ({g.Count()})"));
}
