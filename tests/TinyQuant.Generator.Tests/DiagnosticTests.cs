using Microsoft.CodeAnalysis.CSharp;

namespace TinyQuant.Generator.Tests;

/// <summary>Every diagnostic: its id, its position and its text.</summary>
public class DiagnosticTests
{
    /// <summary>The second value of four is NaN, the third infinite: 3 and 4 of the sample stay.</summary>
    [Fact]
    public void TQ023_weights_that_are_not_finite_at_their_line()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program(),
            ("/app/tiny.tqm",
                Samples.Float32.Replace(
                    "AACAPwAAAEAAAEBAAACAQA==", "AACAPwAAwH8AAIB/AACAQA==", StringComparison.Ordinal)));
        Assert.Equal(
            ["TQ023 /app/tiny.tqm(6,1): Constant 'dense.weights' [2,2] holds 2 of 4 values that are not finite (1 "
                + "NaN, 1 infinite), "
            + "which spoil every output that they reach; expected finite numbers: a training that ends with such "
            + "weights has failed"],
            run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics); // and the model works
    }

    [Fact]
    public void TQ001_no_additional_file_at_all() => Expect(
        GeneratorRun.Of(Samples.Program()),
        "TQ001 Program.cs(3,27): Model file 'tiny.tqm' is not among this project's models; expected an item such as "
            + "<TinyQuantModel Include=\"tiny.tqm\" />");

    [Fact]
    public void TQ001_lists_the_candidates_and_matches_whole_segments() => Expect(
        GeneratorRun.Of(Samples.Program(), ("/app/a-tiny.tqm", Samples.Int8), ("/app/other.tqm", Samples.Int8)),
        "TQ001 Program.cs(3,27): Model file 'tiny.tqm' is not among this project's models; expected one of: "
            + "/app/a-tiny.tqm, /app/other.tqm");

    [Fact]
    public void TQ002_two_files_match() => Expect(
        GeneratorRun.Of(Samples.Program(), ("/app/a/tiny.tqm", Samples.Int8), ("/app/b/tiny.tqm", Samples.Int8)),
        "TQ002 Program.cs(3,27): Model file 'tiny.tqm' matches more than one of this project's models: "
            + "/app/a/tiny.tqm, /app/b/tiny.tqm; expected a longer path that matches one");

    [Theory]
    [InlineData("b/tiny.tqm")]
    [InlineData("b\\\\tiny.tqm")]
    [InlineData("./b/tiny.tqm")]
    [InlineData("../../b/tiny.tqm")]
    public void A_longer_path_decides(string path) => Expect(
        GeneratorRun.Of(
            Samples.Program($"\"{path}\""), ("/app/a/tiny.tqm", Samples.Int8), ("/app/b/tiny.tqm", Samples.Int8)));

    [Fact]
    public void An_imported_model_goes_by_the_name_of_its_source()
    {
        (GeneratorRun run, _) = GeneratorRun.WithFiles(Samples.Program("\"models/kws.tflite\""),
            new ModelText("/app/obj/1/kws.tqm", Samples.Int8, "/app/models/kws.tflite"));
        Expect(run);
        (run, _) = GeneratorRun.WithFiles(
            Samples.Program("\"kws.tflite\""),
            new ModelText("/app/obj/1/kws.tqm", Samples.Int8, "/app/a/kws.tflite"),
            new ModelText("/app/obj/2/kws.tqm", Samples.Int8, "/app/b/kws.tflite"));
        Expect(run,
            "TQ002 Program.cs(3,27): Model file 'kws.tflite' matches more than one of this project's models: "
                + "/app/a/kws.tflite, /app/b/kws.tflite; expected a longer path that matches one");
    }

    [Fact]
    public void TQ003_malformed_file() => Expect(
        GeneratorRun.Of(Samples.Program(),
            ("/app/tiny.tqm", Samples.Int8.Replace("scale 0.01", "scale -1", StringComparison.Ordinal))),
        run => Assert.StartsWith("TQ003 /app/tiny.tqm(9,", Assert.Single(run.Diagnostics), StringComparison.Ordinal));

    [Fact]
    public void TQ003_is_reported_once_for_two_targets() => Expect(
        GeneratorRun.Of(Samples.Program() + "\n[TinyQuant.QuantizedModel(\"tiny.tqm\")]\ninternal partial class Other;",
            ("/app/tiny.tqm", "hello")),
        run =>
            Assert.StartsWith("TQ003 /app/tiny.tqm(1,1): ", Assert.Single(run.Diagnostics), StringComparison.Ordinal));

    [Fact]
    public void TQ004_unknown_version() => Expect(
        GeneratorRun.Of(Samples.Program(),
            ("/app/tiny.tqm",
                Samples.Int8.Replace("tinyquant-model 1", "tinyquant-model 7", StringComparison.Ordinal))),
        run =>
            Assert.StartsWith("TQ004 /app/tiny.tqm(1,17): ", Assert.Single(run.Diagnostics), StringComparison.Ordinal));

    [Fact]
    public void TQ005_shapes_that_do_not_fit() => Expect(
        GeneratorRun.Of(Samples.Program(),
            ("/app/tiny.tqm",
                Samples.Int8.Replace("scores int8 [1,3]", "scores int8 [1,2]", StringComparison.Ordinal)
                    .Replace("labels no yes \"a \\\"quoted\\\" one\"\n", "", StringComparison.Ordinal))),
        run => Assert.Contains("TQ005 /app/tiny.tqm(16,", Assert.Single(run.Diagnostics), StringComparison.Ordinal));

    [Fact]
    public void TQ006_unknown_operator() => Expect(
        GeneratorRun.Of(Samples.Program(),
            ("/app/tiny.tqm", Samples.Int8.Replace("op FullyConnected", "op Conv9D", StringComparison.Ordinal))),
        run =>
        {
            string only = Assert.Single(run.Diagnostics);
            Assert.StartsWith("TQ006 /app/tiny.tqm(17,4): operator 'Conv9D'", only, StringComparison.Ordinal);
            Assert.Contains("FullyConnected", only, StringComparison.Ordinal);
        });

    [Fact]
    public void TQ005_form_without_a_kernel() => Expect(
        GeneratorRun.Of(Samples.Program(), ("/app/tiny.tqm", Samples.DynamicWithZeroPoint)),
        "TQ005 /app/tiny.tqm(14,1): FullyConnected: weights 'dense.weights' have zero point 3; expected 0");

    [Fact]
    public void TQ007_not_partial() => Expect(
        GeneratorRun.Of(Samples.Program(declaration: "internal struct Tiny;"), ("/app/tiny.tqm", Samples.Int8)),
        "TQ007 Program.cs(4,17): 'Tiny' must be partial, so that the model's code can be added to it");

    [Fact]
    public void TQ007_containing_type_not_partial() => Expect(
        GeneratorRun.Of("class Outer { [TinyQuant.QuantizedModel(\"tiny.tqm\")] partial struct Tiny; }",
            ("/app/tiny.tqm", Samples.Int8)),
        "TQ007 Program.cs(1,7): 'Outer' must be partial, so that the model's code can be added to it");

    [Theory]
    [InlineData("partial struct Tiny<T>;", "generic")]
    [InlineData("file partial struct Tiny;", "file-local")]
    [InlineData("readonly partial struct Tiny;", "a readonly struct, which could not change its arena")]
    [InlineData("ref partial struct Tiny;", "a ref struct")]
    [InlineData("static partial class Tiny;", "static")]
    [InlineData("abstract partial class Tiny;", "abstract")]
    [InlineData("partial record Tiny;", "a record")]
    [InlineData("partial record struct Tiny;", "a record")]
    public void TQ008_types_that_cannot_hold_a_model(string declaration, string what)
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program(declaration: declaration), ("/app/tiny.tqm", Samples.Int8));
        string only = Assert.Single(run.Diagnostics);
        Assert.StartsWith("TQ008 Program.cs(4,", only, StringComparison.Ordinal);
        Assert.Contains($"'Tiny' is {what}; expected", only, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partial class Outer<T>", "generic")]
    [InlineData("file partial class Outer", "file-local")]
    public void TQ008_types_around_it_that_cannot(string outer, string what)
    {
        GeneratorRun run = GeneratorRun.Of(outer + " { [TinyQuant.QuantizedModel(\"tiny.tqm\")] partial struct Tiny; }",
            ("/app/tiny.tqm", Samples.Int8));
        Assert.Contains($"'Tiny' is inside 'Outer', which is {what}; expected", Assert.Single(run.Diagnostics),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_parts_with_the_attribute_are_the_compilers_error_alone()
    {
        GeneratorRun run = GeneratorRun.Of(
            Samples.Program() + "\n[TinyQuant.QuantizedModel(\"tiny.tqm\")] partial struct Tiny;",
            ("/app/tiny.tqm", Samples.Int8));

        Assert.Null(run.Result.Exception);
        Assert.Empty(run.Diagnostics);
        Assert.StartsWith("CS0579 ", Assert.Single(run.CompilerDiagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void TQ013_a_lowering_that_fails_leaves_a_type_that_throws()
    {
        ModelFile file = ModelFile.Read(new ModelText("/app/tiny.tqm", Samples.Int8), "/app/tiny.tqm", default);
        var input = new LoweringInput(
            new TargetShape("", EquatableArray<string>.Empty, "Tiny", IsStruct: true, EquatableArray<string>.Empty),
            file, Failed: false, TracesLayers: false);

        GeneratedModel failed = GenerationStep.Generate(
            input, (_, _, _) => throw new InvalidOperationException("at 7"), default);

        DiagnosticInfo error = Assert.Single(failed.Errors.Items);
        Assert.Equal(("TQ013", "/app/tiny.tqm"), (error.Descriptor.Id, error.Location.Path));
        Assert.Equal<string>(["tiny", "InvalidOperationException: at 7"], [.. error.Arguments.Items]);
        Assert.Contains("throw new", failed.Code, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() =>
            GenerationStep.Generate(input, (_, _, _) => throw new OperationCanceledException(), default));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public void TQ018_csharp_without_what_the_code_uses(LanguageVersion version, string shown)
    {
        GeneratorRun run = GeneratorRun.In(version, "[TinyQuant.QuantizedModel(\"tiny.tqm\")]\npartial struct Tiny { }",
            ("/app/tiny.tqm", Samples.Int8));
        Expect(run,
            $"TQ018 Program.cs(2,16): The code of 'Tiny' takes C# 12 or newer, and this project is C# {shown}; "
                + "expected no LangVersion, which is the newest, or one of at least 12");
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void Pragma_applies_at_the_attribute()
    {
        GeneratorRun run = GeneratorRun.Of(
            "#pragma warning disable TQ010\n" + Samples.Program("\"large.tqm\""), ("large.tqm", LargeArena(20_000)));
        Assert.Empty(run.CompilerDiagnostics);
        Assert.All(run.Result.Diagnostics, d => Assert.True(d.Location.IsInSource));
    }

    [Fact]
    public void TQ010_large_struct() => Expect(
        GeneratorRun.Of(Samples.Program("\"large.tqm\""), ("large.tqm", LargeArena(20_000))),
        run =>
            Assert.StartsWith("TQ010 Program.cs(3,27): The arena of 'Tiny' is 20,0", Assert.Single(run.Diagnostics),
                StringComparison.Ordinal));

    [Fact]
    public void TQ011_too_large_struct_unless_allowed()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program("\"large.tqm\""), ("large.tqm", LargeArena(300_000)));
        Assert.StartsWith("TQ011 Program.cs(3,27): The arena of 'Tiny' is 300,0", Assert.Single(run.Diagnostics),
            StringComparison.Ordinal);
        Assert.Empty(
            GeneratorRun.Of(Samples.Program("\"large.tqm\", AllowLargeStruct = true"),
                ("large.tqm", LargeArena(300_000))).Diagnostics);
        Assert.Empty(
            GeneratorRun.Of(Samples.Program("\"large.tqm\"", "partial class Tiny;"),
                ("large.tqm", LargeArena(300_000))).Diagnostics);
    }

    private static string LargeArena(int inputs)
    {
        string whole = string.Concat(Enumerable.Repeat("  AAAAAAAAAAAAAAAA\n", (inputs / 4 / 3) + 1));
        return $"""
            tinyquant-model 1
            tensor x float32 [1,{inputs}]
            tensor w int8 [1,{inputs}] scale 1 data
            {whole[..((inputs / 12 * 19) - 1)]}
            {(inputs % 12 == 0 ? "" : "  " + Convert.ToBase64String(new byte[inputs % 12]))}
            tensor y float32 [1,1]
            input x
            output y
            op FullyConnected x w -> y
            """;
    }

    private static void Expect(GeneratorRun run, params string[] diagnostics)
    {
        Assert.Equal(diagnostics, run.Diagnostics);
        if (diagnostics.Length == 0)
        {
            Assert.Empty(run.CompilerDiagnostics);
        }
    }

    private static void Expect(GeneratorRun run, Action<GeneratorRun> check)
    {
        check(run);
        Assert.All(run.CompilerDiagnostics, d => Assert.StartsWith("TQ", d, StringComparison.Ordinal));
    }
}
