using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinyQuant.Model.Format;
using TinyQuant.Tests;

namespace TinyQuant.Generator.Tests;

/// <summary>
/// Names of strangers in everything that is generated of a model, and in what the compiler says of it.
/// </summary>
public class HostileNameTests
{
    private static readonly string[] s_names = [.. HostileNames.Payloads, .. HostileNames.Random()];

    /// <summary>A model with one name everywhere: inputs, weights, labels, a metric and a note.</summary>
    private static string Named(string name)
    {
        string Of(string suffix) => Lexer.Quote(name + suffix);
        string label = Lexer.Quote(HostileNames.Whole(name));
        return $"""
            tinyquant-model 1
            name {Lexer.Quote(name)}
            note {OneLine(name)}
            metric {Lexer.Quote(name)} 0.5 {Lexer.Quote(name)} 10
            rounding double
            labels {label} {label} {label}

            tensor {Of("")} int8 [1,4] scale 0.003921569 zero -128
            tensor {Of(" weights")} int8 [3,4] scale 0.01 data
              AQID/wQFBvgHCAkK
            tensor {Of(" bias")} int32 [3] data
              CgAAABQAAADi////
            tensor {Of(" dense")} int8 [1,3] scale 0.2 zero 12
            tensor {Of(" other")} int8 [1,3] scale 0.2 zero 12
            tensor {Of(" sum")} int8 [1,3] scale 0.2 zero 12
            input {Of("")} {Of(" other")}
            output {Of(" sum")}
            op FullyConnected {Of("")} {Of(" weights")} {Of(" bias")} -> {Of(" dense")}
            op Add {Of(" dense")} {Of(" other")} -> {Of(" sum")}

            """;
    }

    [Fact]
    public void Generated_code_compiles_and_has_the_same_tokens_and_lines_of_comment()
    {
        (string, string)[] files = [.. s_names.Prepend("plain").Select((name, i) => ($"m{i}.tqm", Named(name)))];
        GeneratorRun run = GeneratorRun.Of(
            string.Concat(
                files.Select((f, i) =>
                    $"/// <summary>A model.</summary>\n[TinyQuant.QuantizedModel(\"{f.Item1}\")] public partial "
                        + $"struct Model{i};\n")), files);
        Assert.Empty(run.Diagnostics);
        AssertCleanWithDocumentation(run);

        foreach (string kind in new[] { "", ".weights" })
        {
            (string Tokens, int Comments) plain = Form(run.Source($"Model0{kind}.g.cs"));
            Assert.All(Enumerable.Range(1, s_names.Length), i =>
            {
                string code = run.Source($"Model{i}{kind}.g.cs");
                Assert.Empty(HostileNames.Unseen(code));
                Assert.Empty(HostileNames.Commands(code));
                Assert.Equal(plain, Form(code));
            });
        }
    }

    /// <summary>Of a constant, and of UTF-8, as the program reads them.</summary>
    [Fact]
    public void Literals_are_the_same_characters() => Assert.All(s_names.Concat(["\\##\\u202e"]), name =>
        Assert.Equal(name,
            SyntaxFactory.ParseExpression(Literals
                .String(name)) is Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax literal
                ? literal.Token.ValueText
                : null));

    public static TheoryData<string, string> Wrongs => new()
    {
        { "TQ003", "input" }, { "TQ006", "op" }, { "TQ009", "budget" }, { "TQ001", "missing" }, { "TQ002", "two" },
        { "TQ003", "path" },
    };

    /// <summary>
    /// Every name in a model, or a path, that something is wrong with: a diagnostic each, which shows it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Wrongs))]
    public void Diagnostics_are_one_line(string id, string wrong)
    {
        (string Path, string Text)[] Files(int i)
        {
            string file = $"m{i}.tqm", name = s_names[i],
                path = $"/{name.Replace("\0", "", StringComparison.Ordinal)}/{file}";
            return wrong switch
            {
                "input" =>
                    [
                        (file,
                            Named(name).Replace(
                                "\ninput ", $"\ninput {Lexer.Quote(name + "x")} ", StringComparison.Ordinal))],
                "op" => [(file, Named(name).Replace("op Add", "op " + Lexer.Quote(name), StringComparison.Ordinal))],
                "budget" => [(file, Named(name))],
                "missing" => [("other/" + path, Samples.Int8)],
                "two" => [("a/" + path, Samples.Int8), ("b/" + path, Samples.Int8)],
                _ => [(path, "no model")],
            };
        }

        string Type(int i) =>
            $"[TinyQuant.QuantizedModel({SymbolDisplay.FormatLiteral(wrong == "missing" ? s_names[i] + "/no.tqm" : $"m{i}.tqm", quote: true)}, MaxMacs = 1)] internal partial struct Model{i};\n";
        GeneratorRun run = GeneratorRun.Of(
            string.Concat(Enumerable.Range(0, s_names.Length).Select(Type)),
            [.. Enumerable.Range(0, s_names.Length).SelectMany(Files)]);

        Assert.Equal(s_names.Length, run.Diagnostics.Count(d => d.StartsWith(id, StringComparison.Ordinal)));
        Assert.All(run.Diagnostics, d => Assert.Empty(HostileNames.Unseen(d, "")));
        Assert.All(run.Diagnostics, d => Assert.DoesNotContain("##", d, StringComparison.Ordinal));
    }

    [Fact]
    public void A_label_with_half_of_a_character_is_told() => Assert.Equal(
        ["TQ005 tiny.tqm(13,1): label 1 'x\\ud800' has half of a character of two UTF-16 units, which UTF-8 cannot "
            + "hold; expected whole characters"],
        GeneratorRun.Of(Samples.Program(),
            ("tiny.tqm", Samples.Int8.Replace("labels no yes", "labels no \"x\\ud800\"", StringComparison.Ordinal)))
            .Diagnostics);

    /// <summary>The user's own code means by these words what it did before the model had them.</summary>
    [Fact]
    public void Constants_do_not_stand_before_what_the_users_code_means()
    {
        const string program = """
            using System;
            namespace App;
            internal class Base { protected static int Inherited(int x) => x; }
            internal partial class Outer
            {
                private static int Around() => 1;
                private const int BakedData = 2;

                [TinyQuant.QuantizedModel("tiny.tqm")]
                internal partial class Tiny(int primary) : Base
                {
                    private readonly int _own = primary;
                    public int this[int item] => Math.Max(Inherited(item), Around()) + Outer.BakedData;
                    ~Tiny() => Console.WriteLine(_own);
                    public bool Is(object other) => Equals(other) && ReferenceEquals(this, other) && GetType() == other.GetType() && ToString() == "" && GetHashCode() == 1;
                    public object Copy() => MemberwiseClone();
                }
            }
            """;
        string[] words = ["math", "console", "item", "inherited", "around", "equals", "reference equals", "get type",
            "to string", "get hash code",
            "memberwise clone", "finalize", "baked data", "outer", "tiny", "base", "primary", "object", "max", "words",
            "get_item", "this[]"];
        foreach (string word in words)
        {
            GeneratorRun run = GeneratorRun.Of(program,
                ("tiny.tqm",
                    Samples.Int8.Replace("dense.weights", $"\"{word}\"", StringComparison.Ordinal)
                        .Replace("dense.bias", $"\"{word}.bias\"", StringComparison.Ordinal)));
            Assert.Empty(run.Diagnostics);
            Assert.Empty(run.CompilerDiagnostics);
        }
    }

    /// <summary>
    /// With CS1591 and without the header that keeps analyzers and the compiler's checks of documentation away.
    /// </summary>
    private static void AssertCleanWithDocumentation(GeneratorRun run)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose);
        IEnumerable<SyntaxTree> trees = run.Compiled.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(
            tree.ToString().Replace("CS1591, ", "", StringComparison.Ordinal)
                .Replace("<auto-generated/>", "", StringComparison.Ordinal), parse, tree.FilePath));
        Compilation compilation = run.Compiled.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        using var assembly = new MemoryStream();
        using var documentation = new MemoryStream();
        Assert.Equal("", string.Join('\n', compilation.Emit(assembly, xmlDocumentationStream: documentation).Diagnostics
            .Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())));
        documentation.Position = 0;
        Assert.NotNull(System.Xml.Linq.XDocument.Load(documentation).Root);
    }

    /// <summary>What kinds of tokens there are, and how many lines are comments.</summary>
    private static (string Tokens, int Comments) Form(string code) => (
        string.Join(' ', CSharpSyntaxTree.ParseText(code).GetRoot().DescendantTokens().Select(t => (int)t.Kind())),
        code.Split('\n').Count(line => line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    /// <summary>A note ends with its line.</summary>
    private static string OneLine(string name) => name.ReplaceLineEndings(" ").Replace('\r', ' ');
}
