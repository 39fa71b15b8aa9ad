using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using TinyQuant.Tests;
using TinyQuant.Tool;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// Commands in the documentation: those of <c>tinyquant</c> parse, and files of the repository that others name are
/// there.
/// </summary>
public partial class CommandTests
{
    [Fact]
    public void Every_tinyquant_command_parses()
    {
        (string Where, string Line)[] lines = [
            .. Commands().Where(c =>
                c.Line.StartsWith("tinyquant ", StringComparison.Ordinal) && !c.Line.Contains('['))];
        Assert.NotEmpty(lines);
        Nothing.IsIn(
            from line in lines
            from error in CommandLine.Create().Parse([.. CommandLineParser.SplitCommandLine(line.Line).Skip(1)]).Errors
            select $"{line.Where}: {line.Line}: {error.Message}");
    }

    [Fact]
    public void Every_script_and_project_is_there() => Nothing.IsIn(
        from command in Commands()
        from path in Path().Matches(command.Line).Select(m => m.Groups[1].Value)
        where !System.IO.Path.Exists(Repository.File(path))
        select $"{command.Where}: {path}");

    /// <summary>
    /// Lines of shell, their comments and continuations taken away, with the tool in whatever form it is called.
    /// </summary>
    private static IEnumerable<(string Where, string Line)> Commands() =>
        from page in Page.All
        from block in page.CodeBlocks
        where block.Language == "sh"
        from line in block.Code.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        select (block.ToString(),
            Comment().Replace(line, "").Replace("dotnet run -c Release --project src/TinyQuant.Tool -- ", "tinyquant ",
                StringComparison.Ordinal).Trim());

    [GeneratedRegex(@"(?:^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?:^|\s)(?:\./)?((?:(?:src|tests|samples|bench|scripts|weights)/[\w./-]+)|(?:\w+\.sh))(?![\w./*-])")]
    private static partial Regex Path();
}
