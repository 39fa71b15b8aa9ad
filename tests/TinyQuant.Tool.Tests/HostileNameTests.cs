using System.Text;
using System.Xml.Linq;
using TinyQuant.Generator.Inspection;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Output;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary>
/// Names of strangers, from models, data sets and paths, in what the command says: as many lines as plain names make.
/// </summary>
public sealed class HostileNameTests : IDisposable
{
    private static readonly string[] s_names = [
        .. HostileNames.Payloads.Concat(HostileNames.Random()).Distinct(StringComparer.Ordinal)];

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Tables_show_names()
    {
        ProcessRun run = await InspectAsync("hostile.tqm", name => name);
        ProcessRun plain = await InspectAsync("plain.tqm", Printable.Text);

        Cli.AssertDone(run);
        AssertShown(run.Output);
        Assert.Equal(plain.Output.Split("Arena")[0], run.Output.Split("Arena")[0]);
        Assert.Equal(plain.Output.Split('\n').Length, run.Output.Split('\n').Length);
        Assert.DoesNotContain("⚠", run.Output, StringComparison.Ordinal); // Spectre's of :warning:
    }

    [Fact]
    public async Task Errors_of_a_model_are_a_line_each()
    {
        var model = new FlatModel();
        int from = model.Int8("x", 1, 4);
        string[] names = [.. s_names.Take(900)]; // of more than 1,000 errors the others are counted
        foreach (string name in names)
        {
            int to = model.Int8(name, 1, 4);
            model.Operator(BuiltinOperator.CUSTOM, [from], [to], custom: name + "!");
            from = to;
        }

        File.WriteAllBytes(_temp["m.tflite"], model.Build([0], [from]));

        ProcessRun run = await Cli.RunAsync("import", _temp["m.tflite"], "-o", _temp["m.tqm"]);

        Cli.AssertRefused(run, "cannot be imported");
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length == names.Length + 1, run.Error);
        Assert.All(lines.Skip(1),
            line => Assert.StartsWith($"  {_temp["m.tflite"]}: operator ", line, StringComparison.Ordinal));
        AssertShown(run.Error);
    }

    [Fact]
    public async Task Errors_of_a_command_line_are_a_line_each()
    {
        string[] words = [
            .. s_names.Select(n => "-!" + HostileNames.Whole(n)).Where(n => !n.Contains('\0', StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)];

        ProcessRun run = await Cli.RunAsync(["report", .. words]);

        Cli.AssertRefused(run, "There is no option '-!día'.");
        Assert.Equal(words.Length + 1, run.Error.TrimEnd('\n').Split('\n').Length);
        AssertShown(run.Error);
    }

    [Theory]
    [InlineData("x\n::warning::y")]
    [InlineData("##vso[task.complete]\u001b[2J\u202e\u009b")]
    public async Task A_path_is_one_line(string name)
    {
        ProcessRun missing = await Cli.RunAsync("inspect", name + ".tqm");
        Cli.AssertRefused(missing, "there is no model file '" + Printable.Text(name));
        Assert.Single(missing.Error.TrimEnd('\n').Split('\n'));
        AssertShown(missing.Error);

        File.WriteAllText(_temp[name + ".tqm"], "no model");
        ProcessRun wrong = await Cli.RunAsync("inspect", _temp[name + ".tqm"]);
        Assert.Equal(2, wrong.Error.TrimEnd('\n').Split('\n').Length);
        AssertShown(wrong.Error);
    }

    [Fact]
    public async Task Classes_of_a_data_set_are_shown()
    {
        string[] names = [
            .. s_names.Select(HostileNames.Whole).Where(n => !n.Any(c => c is '\n' or '\r' or '"' or '\0'))
            .Distinct(StringComparer.Ordinal).Take(
                200)];
        string lines = string.Concat(names.Select((n, i) => $"\"c{n}\",1,2,3,{i % 200}\n"));
        File.WriteAllText(_temp["d.csv"], lines + lines + lines + lines + lines);

        ProcessRun run = await Cli.RunAsync("data", "--from", _temp["d.csv"], "-o", _temp["out"]);

        Cli.AssertDone(run);
        Assert.Contains("Labels:", run.Output, StringComparison.Ordinal);
        AssertShown(run.Output);
    }

    [Fact]
    public void The_drawing_of_an_arena_is_xml() => Assert.All(s_names, name =>
    {
        string text = ModelWriter.Write(
            ModelReader.Read(File
                .ReadAllText(Repository.File("weights", "mnist-linear.int8.tqm"))).Graph! with
            { Name = name });
        string svg = ArenaSvg.Write(ModelInspector.Inspect(text, out _)!);
        Assert.Empty(HostileNames.Unseen(svg));
        Assert.Contains(
            Printable.Text(name), XDocument.Parse(svg).Root!.Elements().ElementAt(1).Value, StringComparison.Ordinal);
    });

    /// <summary>What comes through all the same, such as a name that a table broke: however it is cut.</summary>
    [Fact]
    public void What_is_redirected_has_no_line_that_a_build_server_obeys() => Assert.All(s_names, name =>
    {
        var random = new Random(name.Length);
        using var text = new StringWriter();
        using var writer = new RedirectedWriter(text);
        string all = $"\u001b[31m{name}\u001b[0m\n  {name}\r\n:{name}\n::error::x\n\u001b[1m ::y\n";
        for (int at = 0; at < all.Length;)
        {
            int colour = all.IndexOf('\u001b', at + 1);
            int length = Math.Min((colour < 0 ? all.Length : colour) - at, all[at] == '\u001b' ? 5 : random.Next(1, 9));
            writer.Write(all.AsSpan(at, length));
            at += length;
        }

        string written = text.ToString();
        AssertShown(written.Replace("\u001b[31m", "", StringComparison.Ordinal)
            .Replace("\u001b[0m", "", StringComparison.Ordinal).Replace(
            "\u001b[1m", "", StringComparison.Ordinal), "\r\n\t");
        Assert.EndsWith(@"\u003a:error::x" + "\n\u001b[1m " + @"\u003a:y" + "\n", written, StringComparison.Ordinal);
    });

    private Task<ProcessRun> InspectAsync(string file, Func<string, string> show)
    {
        // A chain of ReLU, so that each name is read and written.
        string[] names = [
            .. s_names.Select((name, i) =>
                Quote(show(name) + i.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        var text = new StringBuilder($"tinyquant-model 1\nname {Quote(show(string.Concat(s_names.Take(20))))}\n");
        text.AppendJoin("", names.Select(name => $"tensor {name} float32 [1,2]\n"));
        text.Append("input " + names[0] + "\noutput " + names[^1] + "\n");
        text.AppendJoin("", names.Zip(names.Skip(1), (from, to) => $"op Relu {from} -> {to}\n"));
        File.WriteAllText(_temp[file], text.ToString());
        return Cli.RunAsync("inspect", _temp[file]);
    }

    private static void AssertShown(string text, string allowed = "\n")
    {
        Assert.Empty(HostileNames.Unseen(text, allowed));
        Assert.Empty(HostileNames.Commands(text));
    }

    private static string Quote(string name) =>
        "\"" + string.Concat(name.Select(c => FormattableString.Invariant($"\\u{(int)c:x4}"))) + "\"";
}
