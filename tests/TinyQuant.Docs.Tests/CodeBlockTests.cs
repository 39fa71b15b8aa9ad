using TinyQuant.Golden;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// C# in the documentation. A block below <c>&lt;!-- program: ARGUMENTS --&gt;</c> is a whole program: it is compiled, with the models of
/// <c>weights/</c>, and run, and prints what the block of text after it says. One below <c>&lt;!-- fragment --&gt;</c> is a part of one.
/// </summary>
public sealed class CodeBlockTests : IDisposable
{
    private const string Program = "program";

    private readonly string _directory = Directory.CreateTempSubdirectory("tinyquant-docs").FullName;

    public static TheoryData<string> Programs => [.. Blocks().Where(IsProgram).Select(b => b.ToString())];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Every_block_says_whether_it_is_a_whole_program() => Nothing.IsIn(Blocks().Where(b => !IsProgram(b) && b.Mark != "fragment").Select(b => b.ToString()));

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_compiles_without_a_warning_and_prints_what_the_page_says(string place)
    {
        CodeBlock block = Blocks().Single(b => b.ToString() == place);
        File.WriteAllBytes(Path.Combine(_directory, "digit.bin"), Seven());
        string[] arguments = [.. block.Mark![Program.Length..].TrimStart(':').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => Path.Combine(_directory, a))];

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

    private static bool IsProgram(CodeBlock block) => block.Mark is Program || block.Mark?.StartsWith(Program + ":", StringComparison.Ordinal) is true;

    // The blocks of diagnostics.md show what is wrong: DiagnosticTests of the generator causes each of them.
    private static IEnumerable<CodeBlock> Blocks() => Page.All.Where(p => p.Name != "docs/diagnostics.md").SelectMany(p => p.CodeBlocks).Where(b => b.Language == "csharp");

    private static byte[] Seven() => GoldenAnswers.Image(GoldenAnswers.Labels.IndexOf((byte)7)).ToArray();
}
