using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TinyQuant.Generator.Tests;

/// <summary>What an edit makes the generator do again.</summary>
public class CachingTests
{
    private const string TwoModels = """
        namespace App;

        [TinyQuant.QuantizedModel("a.tqm")]
        internal partial struct A;

        [TinyQuant.QuantizedModel("b.tqm")]
        internal partial class B;
        """;

    private static readonly string[] s_outputs = [TrackingNames.Code, TrackingNames.Weights];

    [Fact]
    public void An_unrelated_file_leaves_every_output_cached()
    {
        (GeneratorRun run, _) = Start();
        run.AddFile("class Unrelated { void M() { } }");
        AssertReasons(run, s_outputs, IncrementalStepRunReason.Cached);
        AssertReasons(run, [TrackingNames.ModelFiles, TrackingNames.Lowered], IncrementalStepRunReason.Cached);
        Assert.All(run.Result.TrackedOutputSteps.Values.SelectMany(s => s).SelectMany(s => s.Outputs),
            o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    [Fact]
    public void A_line_above_the_attribute_leaves_code_and_weights_unchanged()
    {
        (GeneratorRun run, _) = Start();
        run.ReplaceProgram("// a new first line\n" + TwoModels);
        AssertReasons(run, [TrackingNames.Targets], IncrementalStepRunReason.Modified);
        AssertReasons(run, [TrackingNames.Lowered, .. s_outputs], IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_budget_leaves_code_and_weights_unchanged()
    {
        (GeneratorRun run, _) = Start();
        run.ReplaceProgram(TwoModels.Replace("\"a.tqm\"", "\"a.tqm\", MaxMacs = 1", StringComparison.Ordinal));
        Assert.Single(run.Diagnostics);
        AssertReasons(run, [TrackingNames.Lowered, .. s_outputs], IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_file_of_equal_text_is_read_but_goes_no_further()
    {
        (GeneratorRun run, ModelText[] files) = Start();
        run.ReplaceModel(files[0], new ModelText(files[0].Path, Samples.Int8));
        AssertReasons(run, [TrackingNames.Lowered, .. s_outputs], IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_changed_weight_changes_only_its_model_and_not_its_code()
    {
        (GeneratorRun run, ModelText[] files) = Start();
        run.ReplaceModel(
            files[0], new ModelText(files[0].Path, Samples.Int8.Replace("AQID", "AQIE", StringComparison.Ordinal)));
        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], run.Reasons(TrackingNames.Lowered));
        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], run.Reasons(TrackingNames.Weights));
        Assert.Equal(
            [IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached], run.Reasons(TrackingNames.Code));
    }

    [Fact]
    public void The_pipeline_holds_no_compilation_syntax_or_symbol()
    {
        (GeneratorRun run, _) = Start();
        string[] tracked = [
            TrackingNames.Targets, TrackingNames.ModelFiles, TrackingNames.Joined, TrackingNames.Lowered, .. s_outputs];
        foreach (string step in tracked)
        {
            foreach (IncrementalGeneratorRunStep recorded in run.Result.TrackedSteps[step])
            {
                foreach ((object value, _) in recorded.Outputs)
                {
                    AssertNoRoslynState(value, step, []);
                }
            }
        }
    }

    private static (GeneratorRun Run, ModelText[] Files) Start() => GeneratorRun.WithFiles(
        TwoModels, new ModelText("/app/a.tqm", Samples.Int8), new ModelText("/app/b.tqm", Samples.Float32));

    private static void AssertReasons(GeneratorRun run, string[] steps, IncrementalStepRunReason expected)
    {
        foreach (string step in steps)
        {
            Assert.NotEmpty(run.Reasons(step));
            Assert.All(run.Reasons(step), reason => Assert.Equal((step, expected), (step, reason)));
        }
    }

    private static void AssertNoRoslynState(object? value, string step, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value is DiagnosticDescriptor
            || !seen.Add(value))
        {
            return;
        }

        Assert.False(value is Compilation or ISymbol or SyntaxNode or SyntaxTree or SemanticModel or Location,
            $"step {step} holds a {value.GetType()}");
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                AssertNoRoslynState(item, step, seen);
            }

            return;
        }

        foreach (FieldInfo field in value.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            AssertNoRoslynState(field.GetValue(value), step, seen);
        }
    }
}
