using System.Text.RegularExpressions;
using Snapshooter.Xunit;

namespace TinyQuant.Generator.Tests;

/// <summary>The generated text itself, and that it compiles without a warning with C# 12.</summary>
public partial class GeneratedCodeTests
{
    [Theory]
    [InlineData("int8", Samples.Int8)]
    [InlineData("float32", Samples.Float32)]
    [InlineData("dynamic", Samples.Dynamic)]
    [InlineData("branches", Samples.Branches)]
    [InlineData("int4", Samples.Int4)]
    public void Text_of_every_form(string name, string model)
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program(), ("tiny.tqm", model));
        Assert.Equal(["App.Tiny.g.cs", "App.Tiny.weights.g.cs"], run.HintNames);
        Assert.Empty(run.CompilerDiagnostics);
        string text = run.Source("App.Tiny.g.cs") + "\n// ---- weights ----\n\n" + ElideWeights(run.Source("App.Tiny.weights.g.cs"));
        Snapshot.Match(text, "Generated_" + name);
    }

    [Theory]
    [InlineData("internal partial struct Tiny;")]
    [InlineData("public sealed partial class Tiny;")]
    [InlineData("public partial class Tiny { public Tiny() { } }")]
    [InlineData("partial class Outer { public partial struct Middle { private partial class Tiny; } }")]
    [InlineData("partial interface IOuter { public partial struct Tiny; }")]
    [InlineData("partial class Outer { internal partial struct @class; }")]
    public void Compiles_in_every_kind_of_type(string declaration)
    {
        int last = declaration.LastIndexOf("partial", StringComparison.Ordinal);
        int start = Math.Max(declaration.LastIndexOf('{', last) + 1, 0);
        string program = "namespace App;\n" + declaration.Insert(start, " [TinyQuant.QuantizedModel(\"tiny.tqm\")] ");
        GeneratorRun run = GeneratorRun.Of(program, ("tiny.tqm", Samples.Int8));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void Compiles_in_the_global_namespace_and_among_types_of_the_kernels_names()
    {
        GeneratorRun run = GeneratorRun.Of("""
            [TinyQuant.QuantizedModel("tiny.tqm")]
            internal partial struct FullyConnected;
            internal static class Quantize;
            internal static class Kernels;
            """, ("tiny.tqm", Samples.Int8));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void Tensor_names_that_are_no_identifiers_become_some()
    {
        string model = Samples.Branches
            .Replace("hidden", "\"a;b/c c\"", StringComparison.Ordinal)
            .Replace(" left int8", " arena int8", StringComparison.Ordinal)
            .Replace("output left", "output arena", StringComparison.Ordinal)
            .Replace("-> left", "-> arena", StringComparison.Ordinal)
            .Replace("stem.weights", "Run", StringComparison.Ordinal)
            .Replace("right.weights", "int", StringComparison.Ordinal);
        GeneratorRun run = GeneratorRun.Of(Samples.Program(), ("tiny.tqm", model));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void With_an_error_the_public_surface_is_still_there()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program() + """

            internal static class Use
            {
                private static Tiny s_model;

                public static int Do(byte[] pixels, float[] values, sbyte[] codes, sbyte[] scores, byte[] arena)
                {
                    s_model.Run(codes, scores);
                    Tiny.Run(codes, scores, arena);
                    return s_model.Classify(pixels) + s_model.Classify(values) + Tiny.Classify(codes, arena)
                        + Tiny.ArenaBytes + Tiny.InputLength + Tiny.OutputZeroPoint + Tiny.GetLabel(0).Length;
                }
            }
            """, ("tiny.tqm", "not a model"));
        Assert.Single(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    /// <summary>Every table becomes its first line: a snapshot should not change with a weight's last digit.</summary>
    private static string ElideWeights(string weights) => Tables().Replace(weights, "{ $1 ... };");

    [GeneratedRegex(@"\{\n\s+([^\n]{0,40})[^{}]*\};")]
    private static partial Regex Tables();
}
