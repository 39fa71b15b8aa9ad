using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Golden;

/// <summary>
/// One-operator models with edge values, for all operators and types of the reference: what the importer takes is
/// generated, compiled and exact; what it refuses is counted.
/// </summary>
public sealed class OperatorCaseTests
{
    /// <summary>All of 1,646 cases and 51 public models.</summary>
    private const int ImportedBefore = 1_697;

    public static TheoryData<string> Operators => OperatorCase.Taken.Count == 0
        ? new("") // a theory has at least one case, which says why it is skipped
        : new(OperatorCase.Taken.Select(c => c.Operator).Distinct());

    [OperatorCasesTheory]
    [MemberData(nameof(Operators))]
    public void Every_case_that_is_imported_is_exact_and_does_not_allocate(string name)
    {
        OperatorCase[] cases = [.. OperatorCase.Taken.Where(c => c.Operator == name)];
        using var batch = new CompiledBatch([.. cases.Select(c => c.Graph)]);
        string[] differences = [.. cases
            .Select((c, i) => c.Difference((x, y) => batch.Run(i, x, y), () => batch.Reset(i))).OfType<string>()];

        Assert.NotEmpty(cases);
        Assert.True(
            differences.Length == 0,
            $"{differences.Length} of {cases.Length} differ:\n" + string.Join('\n', differences));
        for (int i = 0; i < cases.Length; i++)
        {
            // All have run before: what allocates is the generated code, or a kernel.
            (int model, byte[][] inputs) = (i, cases[i].FirstInputs());
            byte[][] outputs = [.. cases[i].Graph.Outputs.Select(t => new byte[t.ByteLength])];
            long allocated = AllocatedBytes.Of(() => batch.Run(model, inputs, outputs));
            Assert.True(allocated == 0, $"{cases[i]}: {allocated} bytes");
        }
    }

    /// <summary>So that what was imported once does not become one of those that are skipped.</summary>
    [OperatorCasesFact]
    public void None_that_was_imported_before_is_refused() =>
        Assert.InRange(OperatorCase.Taken.Select(c => c.Folder).Distinct().Count(), ImportedBefore, int.MaxValue);

    [RefusedCasesFact]
    public void Cases_that_are_refused_are_imported() => Assert.Empty(OperatorCase.Refused);
}

/// <summary>A test on the cases of operators2/, skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperatorCasesFactAttribute : FactAttribute
{
    public OperatorCasesFactAttribute() => Skip = OperatorCase.Missing;
}

/// <summary>The same of a test with many cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperatorCasesTheoryAttribute : TheoryAttribute
{
    public OperatorCasesTheoryAttribute() => Skip = OperatorCase.Missing;
}

/// <summary>Skipped as long as there are cases that the importer refuses; the message counts them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusedCasesFactAttribute : FactAttribute
{
    public RefusedCasesFactAttribute() => Skip = OperatorCase.Missing ?? Count(OperatorCase.Refused);

    private static string? Count(IReadOnlyList<string> kinds) => kinds.Count == 0
        ? null
        : Invariant($"{kinds.Count} cases are refused by the importer: ")
            + string.Join(", ", kinds.GroupBy(k => k).Select(g => Invariant($"{g.Key} ({g.Count()})")));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
