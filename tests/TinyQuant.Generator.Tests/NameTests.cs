using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyQuant.Generator.Tests;

/// <summary>
/// Names of the user's and of the model's beside those that the generator makes: all get on, or are told.
/// </summary>
public sealed partial class NameTests
{
    private static readonly Dictionary<string, string> s_forms = new()
    {
        ["int8"] = Samples.Int8,
        ["float32"] = Samples.Float32,
        ["dynamic"] = Samples.Dynamic,
        ["branches"] = Samples.Branches,
        ["stateful"] = Samples.Stateful,
        ["state"] = Samples.State,
    };

    /// <summary>Keywords, those that are such in some places only, and words that the generated code uses.</summary>
    public static IEnumerable<string> Words { get; } =
    [
        .. Enum.GetValues<SyntaxKind>().Where(k => SyntaxFacts.IsKeywordKind(k) || SyntaxFacts.IsContextualKeyword(k))
            .Select(SyntaxFacts.GetText).Where(text => Word().IsMatch(text)).Distinct(StringComparer.Ordinal),
        "System", "TinyQuant", "Span", "ReadOnlySpan", "Kernels", "MemoryMarshal", "ModelGuard", "Words", "Int32",
        "Byte",
    ];

    public static TheoryData<string> Forms => [.. s_forms.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Tensors_may_have_every_name_that_the_code_has(string form)
    {
        string model = s_forms[form];
        GeneratorRun plain = GeneratorRun.Of(Samples.Program(), ("tiny.tqm", model));
        string[] taken = [.. Names(plain).Concat(form == "int8" ? Words : []).Distinct(StringComparer.Ordinal)];
        Assert.Contains("ArenaBytes", taken);

        // Every tensor gets every name; as many in one model as there are tensors, and all models in one program.
        string[] tensors = [.. TensorNames().Matches(model).Select(m => m.Groups[1].Value)];
        (string, string) Model(int first)
        {
            string[] names = [.. tensors.Select((_, i) => taken[(first + (i * 7)) % taken.Length])];
            return ($"m{first}.tqm",
                tensors.Zip(names).Aggregate(model, (text, pair) => Renamed(text, pair.First, "*" + pair.Second))
                    .Replace("*", "", StringComparison.Ordinal));
        }

        AssertClean(GeneratorRun.Of(
            string.Concat(
                taken.Select((_, i) =>
                    $"[TinyQuant.QuantizedModel(\"m{i}.tqm\")] internal partial struct Model{i};\n")),
            [.. Enumerable.Range(0, taken.Length).Select(Model)]));
    }

    [Fact]
    public void Types_and_namespaces_may_have_every_name_that_is_not_generated()
    {
        string Program(string word) => $$"""
            namespace @{{word}}.Inner.@{{word}}
            {
                internal struct Span;
                internal struct Kernels;
                internal partial class @{{word}}
                {
                    [global::TinyQuant.QuantizedModel("tiny.tqm")]
                    internal partial struct @{{word}}2;
                }
                [global::TinyQuant.QuantizedModel("tiny.tqm")]
                internal partial class @{{word}}3;
            }
            namespace Other
            {
                [global::TinyQuant.QuantizedModel("tiny.tqm")]
                internal partial class @{{word}};
            }
            """;
        AssertClean(GeneratorRun.Of(
            string.Join('\n', Words.Except(["Span", "Kernels"]).Select(Program)), ("tiny.tqm", Samples.Int8)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_type_with_the_name_of_a_generated_member_is_told(string form)
    {
        string model = s_forms[form];
        GeneratorRun plain = GeneratorRun.Of(Samples.Program(), ("tiny.tqm", model));
        string[] members = [
            .. Tiny(plain).GetMembers().Where(m => !m.IsImplicitlyDeclared && m.CanBeReferencedByName)
            .Select(m => m.Name).Distinct(
                StringComparer.Ordinal)];
        Assert.Contains("Run", members);
        Assert.Contains("ArenaBytes", members);

        foreach (string name in members)
        {
            GeneratorRun run = GeneratorRun.Of(
                Samples.Program(declaration: $"internal partial struct {name};"), ("tiny.tqm", model));
            if (run.Diagnostics.Count > 0)
            {
                Assert.Equal(
                    [
                        $"TQ025 Program.cs(4,25): The model's code declares a member '{name}', and no member can "
                            + "have the name of its type; "
                    + $"expected another name for the type, such as '{name}Model'"], run.Diagnostics);
                Assert.Empty(run.HintNames);
            }

            Assert.Empty(run.CompilerDiagnostics);
        }
    }

    [Theory]
    [InlineData("public const int ArenaBytes = 1;", "ArenaBytes", 22)]
    [InlineData("public int Run => 1;", "Run", 16)]
    [InlineData("public void ArenaBytes() { }", "ArenaBytes", 17)]
    [InlineData("public static void Run(System.ReadOnlySpan<sbyte> a, System.Span<sbyte> b, System.Span<byte> c) { }",
        "Run", 24)]
    [InlineData("public int Classify(System.ReadOnlySpan<float> values) => 0;", "Classify", 16)]
    [InlineData("private struct ArenaMemory;", "ArenaMemory", 20)]
    [InlineData("private int _arena;", "_arena", 17)]
    [InlineData("private int _isInUse;", "_isInUse", 17)]
    [InlineData("private System.Span<byte> get_Arena() => default;", "get_Arena", 31)]
    [InlineData("public event System.Action Macs { add { } remove { } }", "Macs", 32)]
    [InlineData("public enum GetLabel;", "GetLabel", 17)]
    public void A_member_with_the_name_of_a_generated_one_is_told(string member, string name, int column)
    {
        GeneratorRun run = GeneratorRun.Of(
            Samples.Program(declaration: $"internal partial struct Tiny\n{{\n    {member}\n}}"),
            ("tiny.tqm", Samples.Int8));

        Assert.Equal(
            [$"TQ024 Program.cs(6,{column}): 'Tiny' declares '{name}', which the model's code declares too; "
                + "expected another name for this one"], run.Diagnostics);
        Assert.Empty(run.HintNames);
    }

    /// <summary>Overloads, and names that the model's own constants would have had.</summary>
    [Theory]
    [InlineData("public static void Run(int[] numbers) { }")]
    [InlineData("public static T Run<T>(T it) => it;")]
    [InlineData("public void Classify(in System.ReadOnlySpan<float> values) { }")]
    [InlineData("public int Reset => 1; public int StateBytes => 2; private void RunLayers() { }")]
    [InlineData("public int DenseWeights => 1; public int DenseBias => 3; private const int DenseWeightsWords = 4; "
        + "private class DenseMultiplier;")]
    [InlineData("private class Span; private class ReadOnlySpan; private class System; private class Kernels; "
        + "private static string nameof(string s) => s;")]
    [InlineData("private static int input, arena, output; private static int pixels(int values) => values;")]
    public void Members_of_the_user_that_do_not_collide_get_on(string members)
    {
        GeneratorRun run = GeneratorRun.Of(
            Samples.Program(
                declaration: $"#pragma warning disable CS0169, CS0649\ninternal partial struct Tiny {{ {members} }}"), (
                "tiny.tqm", Samples.Int8));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void Members_of_a_base_class_get_on()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program(declaration: "internal partial class Tiny : Base;") + """

            internal class Base
            {
                public const int ArenaBytes = 1;
                protected int Arena = 1;
                public virtual int Classify(System.ReadOnlySpan<float> values) => 0;
                public static void Run() { }
            }
            """, ("tiny.tqm", Samples.Int8));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void A_member_of_the_surface_that_a_wrong_model_gets_is_no_error_of_its_own()
    {
        GeneratorRun run = GeneratorRun.Of(
            Samples.Program(declaration: "internal partial struct Tiny { public int StateBytes => 1; }"),
            ("tiny.tqm", "no model"));

        Assert.StartsWith("TQ003", Assert.Single(run.Diagnostics), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
    }

    /// <summary>Members, parameters and locals of the generated type.</summary>
    private static IEnumerable<string> Names(GeneratorRun run) => run.Result.GeneratedSources
        .SelectMany(source => source.SyntaxTree.GetRoot().DescendantTokens())
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);

    private static INamedTypeSymbol Tiny(GeneratorRun run) => run.Compiled.GetTypeByMetadataName("App.Tiny")!;

    private static void AssertClean(GeneratorRun run)
    {
        Assert.NotEmpty(run.HintNames);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    private static string Renamed(string model, string tensor, string name) =>
        Regex.Replace(model, $@"(?<=^|[ ]){Regex.Escape(tensor)}(?=[ \r\n]|$)", $"\"{name}\"", RegexOptions.Multiline);

    [GeneratedRegex("^[A-Za-z_][A-Za-z_0-9]*$")]
    private static partial Regex Word();

    [GeneratedRegex(@"^tensor (\S+) ", RegexOptions.Multiline)]
    private static partial Regex TensorNames();
}
