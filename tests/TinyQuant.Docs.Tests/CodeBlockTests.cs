using TinyQuant.Golden;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// C# in the documentation, compiled against what the packages hold. A block below <c>&lt;!-- program: ARGUMENTS
/// --&gt;</c> is a whole program: it is run, with the models of <c>weights/</c>, and prints what the block of text
/// after it says. One below
/// <c>&lt;!-- fragment: CONTEXT --&gt;</c> is a part of one; the context is the variables around it, as the parameters
/// of a method would declare them, or types.
/// </summary>
public sealed class CodeBlockTests : IDisposable
{
    private const string Program = "program";
    private const string Fragment = "fragment";

    private readonly string _directory = Directory.CreateTempSubdirectory("tinyquant-docs").FullName;

    public static TheoryData<string> Programs => [.. Blocks().Where(b => Is(b, Program)).Select(b => b.ToString())];

    public static TheoryData<string> Fragments => [.. Blocks().Where(b => Is(b, Fragment)).Select(b => b.ToString())];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Every_block_says_whether_it_is_a_whole_program() =>
        Nothing.IsIn(Blocks().Where(b => !Is(b, Program) && !Is(b, Fragment)).Select(b => b.ToString()));

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_compiles_without_a_warning_and_prints_what_the_page_says(string place)
    {
        CodeBlock block = At(place);
        File.WriteAllBytes(Path.Combine(_directory, "digit.bin"), Seven());
        string[] arguments = [
            .. Behind(block, Program).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(a => Path.Combine(_directory, a))];

        string printed = DocProgram.Run(block.Code, arguments).TrimEnd();

        if (block.Output is not null)
        {
            Assert.Equal(block.Output.TrimEnd(), printed);
        }
        else
        {
            Assert.NotEmpty(printed);
        }
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public void A_fragment_compiles(string place) => DocProgram.Compile(At(place).Code, Behind(At(place), Fragment));

    [Fact]
    public void A_fragment_that_names_what_no_package_has_does_not_compile()
    {
        DocProgram.Compile("_ = typeof(GraphRunner);", "int unused");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            DocProgram.Compile("_ = typeof(TinyQuant.Import.TfliteImporter);", "int unused"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            DocProgram.Compile("_ = typeof(TinyQuant.Tool.CommandLine);", "int unused"));
    }

    private static bool Is(CodeBlock block, string kind) =>
        block.Mark == kind || block.Mark?.StartsWith(kind + ":", StringComparison.Ordinal) is true;

    /// <summary>What the mark of a block says besides its kind.</summary>
    private static string Behind(CodeBlock block, string kind) => block.Mark![kind.Length..].TrimStart(':').Trim();

    private static CodeBlock At(string place) => Blocks().Single(b => b.ToString() == place);

    // The blocks of diagnostics.md show what is wrong: DiagnosticTests of the generator causes each of them.
    private static IEnumerable<CodeBlock> Blocks() =>
        Page.All.Where(p => p.Name != "docs/diagnostics.md").SelectMany(p => p.CodeBlocks)
            .Where(b => b.Language == "csharp");

    private static byte[] Seven() => GoldenAnswers.Image(GoldenAnswers.Labels.IndexOf((byte)7)).ToArray();
}
