using System.CommandLine;
using System.Diagnostics;
using System.Runtime.Versioning;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary>
/// Each command that writes, to each place that cannot be written to or must not be: refused, with its input as it was.
/// </summary>
[UnsupportedOSPlatform("windows")] // modes and links
public sealed class WritingTests : IDisposable
{
    private const string Input = "IN";
    private const string Output = "OUT";
    private const string Whole = "as it was";

    // of the options that name files, these are read
    private static readonly string[] s_inputs = ["size --check", "compare --models"];

    /// <summary>Each with what it reads and the file that it writes.</summary>
    private static readonly string[] s_commands =
    [
        "inspect IN --svg OUT",
        "import IN --output OUT",
        "export IN --onnx OUT",
        "header IN --output OUT",
        "report IN --html OUT",
        "report x.tqm --twin IN --html OUT",
        "report x.tqm --twin y.tqm --input IN --html OUT",
        "report x.tqm --from IN --html OUT",
        "report x.tqm --data in --html OUT",
        "quantize IN --output OUT",
        "quantize IN --json OUT",
        "quantize x.tqm --from IN --output OUT",
        "quantize x.tqm --from in --json OUT",
        "compare IN --json OUT",
        "compare x.tqm IN --sheet OUT",
        "compare x.tqm --from IN --json OUT",
        "size IN --output OUT",
        "size IN --json OUT",
        "size x.tqm --check IN --output OUT",
    ];

    private readonly TempDirectory _temp = new();

    public WritingTests()
    {
        Directory.CreateDirectory(_temp["in"]);
        Directory.CreateDirectory(_temp["data/cat"]);
        File.WriteAllText(Of(Input), Whole);
    }

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> Commands => [.. s_commands];

    /// <summary>Each with what it reads, the directory that it writes to, and one of its files.</summary>
    public static TheoryData<string, string> Directories => new()
    {
        { "train own --from IN --layers dense --output DIR", "own.md" },
        { "train own --from in --layers dense --output DIR", "own.train.checkpoint" },
        { "train own --from IN --layers dense --name n --bits 4 --output DIR", "n.int4.tqm" },
        { "train mnist-mlp --data in --qat --output DIR", "mnist-mlp.qat.checkpoint" },
        { "train mnist-cnn --data in --output DIR", "mnist-cnn.confusion.png" },
        { "train --data in --output DIR", "mnist-linear.golden.cs" },
        { "data --from IN --output DIR", "t10k-images-idx3-ubyte" },
        { "data --data in --output DIR", "t10k-labels-idx1-ubyte" },
    };

    [Fact]
    public void All_options_that_name_what_is_written_are_here()
    {
        string[] tried = [.. s_commands, .. Directories.Select(row => (string)row[0])];
        foreach (Command command in CommandLine.Create().Subcommands)
        {
            foreach (Option option in command.Options.Where(o =>
                o.ValueType.IsAssignableTo(typeof(FileSystemInfo)) && !s_inputs.Contains($"{command.Name} {o.Name}")))
            {
                Assert.Contains(tried,
                    c =>
                        c.StartsWith(command.Name + " ", StringComparison.Ordinal)
                            && c.Contains(option.Name + " ", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_read_is_not_written_by_another_name(string command)
    {
        File.CreateSymbolicLink(_temp["soft"], "in/model.tqm");
        File.CreateSymbolicLink(_temp["linked"], "in");
        File.CreateSymbolicLink(_temp["chain"], _temp["linked/model.tqm"]);
        Run("ln", _temp["in/model.tqm"], _temp["hard"]);
        // in which no file is known to be read by its name
        bool hasDirectory = command.Contains(" in ", StringComparison.Ordinal);

        foreach (string name in hasDirectory
            ? ["soft", "chain"]
            : new[] { "soft", "hard", "linked/model.tqm", "chain", "in/../in/model.tqm" })
        {
            Assert.Contains(
                "is read, or written twice; expected another file", Mistakes(command, name), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Directories))]
    public void A_directory_s_file_that_leads_to_what_is_read_or_is_locked_is_not_written(string command, string file)
    {
        Directory.CreateDirectory(_temp["out"]);
        Assert.Empty(Mistakes(command, ""));
        File.CreateSymbolicLink(_temp["out/" + file], _temp["in/model.tqm"]);

        Assert.Contains("is read, or written twice", Mistakes(command, ""), StringComparison.Ordinal);

        File.Delete(_temp["out/" + file]);
        File.WriteAllText(_temp["out/" + file], Whole);
        Assert.Empty(Mistakes(command, ""));
        File.SetUnixFileMode(_temp["out/" + file], UnixFileMode.UserRead);
        Assert.Contains("is read-only", Mistakes(command, ""), StringComparison.Ordinal); // before the work
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_place_that_cannot_be_written_to_is_refused(string command)
    {
        File.WriteAllText(_temp["locked"], Whole);
        File.SetUnixFileMode(_temp["locked"], UnixFileMode.UserRead);
        File.CreateSymbolicLink(_temp["to locked"], "locked");
        File.CreateSymbolicLink(_temp["circle"], "circle");
        File.CreateSymbolicLink(_temp["to folder"], "in");
        (string Name, string Message)[] places =
        [
            ("locked", "is read-only"),
            ("to locked", "is read-only"),
            ("circle", "leads in a circle"),
            ("in", "is a directory; expected a file"),
            ("to folder", "is a directory; expected a file"),
            ("locked/x", "is a file; expected a directory"),
            ("/proc/x", "'/proc' is a directory in which no file can be made"),
        ];
        foreach ((string name, string message) in places)
        {
            Assert.Contains(message, Mistakes(command, name), StringComparison.Ordinal);
        }

        Assert.Equal(Whole, File.ReadAllText(_temp["locked"]));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_place_that_can_be_written_to_is_taken(string command)
    {
        File.CreateSymbolicLink(_temp["dangling.md"], "nothing yet");
        File.CreateSymbolicLink(_temp["to another.md"], "another");
        File.WriteAllText(_temp["another"], "");
        foreach (string name in new[] { "dangling.md", "to another.md", "new/folder/file.md", "data/report.md",
            "in/report.md" })
        {
            Assert.Empty(Mistakes(command, name));
        }
        // which is a .md
        if (!command.EndsWith("--output OUT", StringComparison.Ordinal)
            || !command.StartsWith("size ", StringComparison.Ordinal))
        {
            Assert.All(["/dev/null", "/dev/stdout", "/dev/full"], device => Assert.Empty(Mistakes(command, device)));
        }
    }

    [RootFact]
    public void A_link_of_another_user_in_a_shared_folder_is_refused()
    {
        Directory.CreateDirectory(_temp["shared"]);
        File.SetUnixFileMode(_temp["shared"], (UnixFileMode)0x3ff); // 1777
        File.CreateSymbolicLink(_temp["shared/link"], _temp["mine"]);
        Run("chown", "-h", "1001", _temp["shared/link"]);

        Assert.All(s_commands,
            command => Assert.Contains("not of this user", Mistakes(command, "shared/link"), StringComparison.Ordinal));
        Assert.Contains("not of this user", Mistakes("data --data-set strokes --output OUT", "shared/link"),
            StringComparison.Ordinal);
    }

    /// <summary>Files whose names follow from others.</summary>
    [Theory]
    [InlineData("size x.tqm -o a.md --json a.png")]
    [InlineData("size a.png -o a.md")]
    [InlineData("report report.x.html y.tqm x.tqm --html report.html")]
    [InlineData("compare --models data --name x --json data/x.dynamic.tqm")]
    [InlineData("quantize x.tqm --from data --json data/train.csv")]
    [InlineData("compare x.tqm --from data --sheet data/cat/1.png")]
    [InlineData("compare x.tqm --data data --json data/train-images-idx3-ubyte.gz")]
    public void A_file_that_follows_from_another_is_not_over_a_third(string command)
    {
        foreach (string file in new[] { "train-images-idx3-ubyte.gz", "cat/1.png" }.Append(
            command.Contains("train.csv", StringComparison.Ordinal) ? "train.csv" : "other"))
        {
            File.WriteAllText(_temp["data/" + file], "");
        }

        Assert.Contains("is read, or written twice", string.Join('\n', Mistakes([.. command.Split(' ').Select(Here)])),
            StringComparison.Ordinal);

        string Here(string word) => word.Contains('.', StringComparison.Ordinal) || word == "data" ? _temp[word] : word;
    }

    [Fact]
    public void The_page_that_is_written_where_none_is_named_is_not_over_a_model() =>
        Assert.Contains(
            "is read, or written twice", Assert.Single(Mistakes(["report", "report.html"])), StringComparison.Ordinal);

    /// <summary>The whole command, where a full disk shows: when it writes.</summary>
    [Theory]
    [InlineData("inspect", "--svg")]
    [InlineData("import", "-o")]
    [InlineData("export", "--onnx")]
    [InlineData("header", "-o")]
    [InlineData("report", "--html", "--seconds", "0")]
    public async Task A_full_disk_is_told_and_leaves_nothing(string command, params string[] options)
    {
        string model = _temp[command == "import" ? "m.tflite" : "m.tqm"];
        File.Copy(command == "import"
            ? Repository.File("tests", "Shared", "tiny.tflite")
            : Repository.File("weights", "mnist-linear.int8.tqm"), model);
        byte[] before = await File.ReadAllBytesAsync(model);
        File.CreateSymbolicLink(_temp["full"], "/dev/full");
        string[] files = _temp.Files();

        Cli.AssertRefused(await Cli.RunAsync([command, model, options[0], _temp["full"], .. options[1..]]),
            $"'{_temp["full"]}' cannot be written: No space left on device");

        Assert.Equal(before, await File.ReadAllBytesAsync(model));
        Assert.Equal(files, _temp.Files());
    }

    /// <summary>The same of commands that need data, and that write several files or none.</summary>
    [Theory]
    [InlineData("compare", "int8", "--json", "FULL")]
    [InlineData("quantize", "fp32", "--output", "FULL")]
    [InlineData("quantize", "fp32", "--json", "FULL")]
    [InlineData("data", "", "--output", "DIR")]
    [InlineData("train", "own", "--layers", "dense 10", "--epochs", "1", "--output", "DIR")]
    public async Task A_full_disk_is_told_where_there_was_data(string command, string what, params string[] options)
    {
        string pixels = string.Join(',', Enumerable.Repeat("9", 784));
        string rows = string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 10},{pixels}\n"));
        Array.ForEach(["data/train.csv", "data/test.csv"], name => File.WriteAllText(_temp[name], rows));
        File.CreateSymbolicLink(_temp["full"], "/dev/full");
        string[] files = _temp.Files();
        string[] subject = what is "int8" or "fp32"
            ? [Repository.File("weights", $"mnist-linear.{what}.tqm")]
            : what.Length > 0 ? [what] : [];

        ProcessRun run = await Cli.RunLimitedAsync(
            8,
            [command, .. subject, "--from", _temp["data"],
                .. options.Select(o => o == "FULL" ? _temp["full"] : o == "DIR" ? _temp["out"] : o)]);

        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Contains("cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(files, _temp.Files());
    }

    [Fact]
    public async Task A_limit_of_file_sizes_is_as_a_full_disk()
    {
        File.WriteAllText(_temp["out"], Whole);

        ProcessRun run = await Cli.RunLimitedAsync(
            8, "export", Repository.File("weights", "mnist-linear.fp32.tqm"), "--onnx", _temp["out"]);

        Cli.AssertRefused(
            run, $"'{_temp["out"]}' cannot be written: the file is larger than this system lets files be.");
        Assert.Equal(Whole, File.ReadAllText(_temp["out"]));
        Assert.Equal(["in/model.tqm", "out"], _temp.Files());
    }

    private string Of(string word) => word switch
    {
        Input => _temp["in/model.tqm"],
        "in" => _temp["in"],
        "DIR" => _temp["out"],
        _ => word,
    };

    /// <summary>What is said against a command line, without running anything.</summary>
    private string Mistakes(string command, string output) =>
        string.Join('\n',
            Mistakes([
                .. command.Split(' ').Select(word => word == Output ? Path.Combine(_temp.Path, output) : Of(word))]));

    private static IEnumerable<string> Mistakes(string[] arguments) =>
        ParseErrors.Of(CommandLine.Create().Parse(arguments));

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
