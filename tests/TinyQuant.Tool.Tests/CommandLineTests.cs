using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary>What the command line takes and refuses, before any work.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("train", "--epochs")]
    [InlineData("compare", "--json")]
    [InlineData("data", "--output")]
    [InlineData("train", "--data")]
    [InlineData("inspect", "--svg")]
    [InlineData("header", "--prefix")]
    [InlineData("report", "--html")]
    public async Task Every_command_has_help(string command, string option)
    {
        ProcessRun run = await Cli.RunAsync(command, "--help");

        Cli.AssertDone(run);
        Assert.Contains(option, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public async Task Help_names_the_commands(params string[] arguments)
    {
        ProcessRun run = await Cli.RunAsync(arguments);

        Cli.AssertDone(run);
        Assert.All(["train", "compare", "data", "inspect", "report"],
            c => Assert.Contains($"\n  {c} ", run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("--nonsense", "train", "--nonsense")]
    [InlineData("--nonsense", "compare", "--nonsense")]
    [InlineData("'0'", "train", "--epochs", "0")]
    [InlineData("'-3'", "train", "--epochs", "-3")]
    [InlineData("'many'", "train", "--epochs", "many")]
    [InlineData("'0'", "train", "--batch", "0")]
    [InlineData("'x'", "train", "--learning-rate", "x")]
    [InlineData("'0'", "train", "--learning-rate", "0")]
    [InlineData("'NaN'", "train", "--learning-rate", "NaN")]
    [InlineData("'0,01' is not possible for --learning-rate; expected a number above 0 and below 10, with a point "
        + "for decimals", "train", "--learning-rate", "0,01")]
    [InlineData("'1,5' is not possible for --max-loss", "quantize", "m.tqm", "--search", "--max-loss", "1,5")]
    [InlineData("'0,5' is not possible for --seconds", "report", "m.tqm", "--seconds", "0,5")]
    [InlineData("'1,000' is not possible for --epochs", "train", "--epochs", "1,000")]
    [InlineData("'1,000' is not possible for --seed", "train", "--seed", "1,000")]
    [InlineData("'1,000' is not possible for --images", "quantize", "m.tqm", "--images", "1,000")]
    [InlineData("-1", "train", "--seed", "-1")]
    [InlineData("other-linear", "train", "other-linear")]
    [InlineData("'x'", "compare", "m.tqm", "--differences", "x")]
    [InlineData("letters", "compare", "--data-set", "letters")]
    [InlineData("letters", "data", "--data-set", "letters", "--output", "/nope/out")]
    [InlineData("--output", "data", "--data-set", "strokes")]
    [InlineData("--epochs", "train", "--epochs")]
    [InlineData("inspect", "inspect")]
    [InlineData("--nonsense", "quantize", "--nonsense")]
    [InlineData("--nonsense", "verify", "--nonsense")]
    [InlineData("--nonsense", "report", "--nonsense")]
    [InlineData("report", "report")]
    [InlineData("'many'", "train", "--seed", "many")]
    [InlineData("'-1' is not possible for --max-loss", "quantize", "m.tqm", "--search", "--max-loss", "-1")]
    [InlineData("'x' is not possible for --max-loss", "quantize", "m.tqm", "--search", "--max-loss", "x")]
    [InlineData("expected a path", "inspect", "")]
    [InlineData("expected one of 8, 4", "quantize", "m.tqm", "--per-tensor", "--bits", "y")]
    public async Task A_wrong_argument_is_named(string named, params string[] arguments) =>
        Cli.AssertRefused(await Cli.RunAsync(arguments), named, "--help");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("inspect", "")]
    [InlineData("quantize", "m.tqm", "--per-tensor", "--bits", "y")]
    [InlineData("train", "mnist-cnn", "--group", "32", "--bits", "y")]
    [InlineData("size", "m.tqm", "-o", "/tmp")]
    public void One_mistake_is_one_sentence_without_types(params string[] arguments) =>
        Assert.DoesNotContain("System.", Assert.Single(Mistakes(arguments)), StringComparison.Ordinal);

    [Theory]
    [InlineData("--bits", "train", "strokes-linear", "--bits", "4")]
    [InlineData("--qat", "train", "--qat")]
    [InlineData("--resume", "train", "strokes-linear", "--resume")]
    [InlineData("--layers", "train", "sensor-autoencoder", "--layers", "dense 10")]
    [InlineData("--from", "train", "mnist-cnn", "--from", "pictures")]
    [InlineData("--data", "train", "own", "--data", "pictures")]
    [InlineData("--shape", "train", "mnist-cnn", "--shape", "1x784x1")]
    [InlineData("--bits", "quantize", "m.tqm", "--dynamic", "--bits", "4")]
    [InlineData("--json", "quantize", "m.tqm", "--float16", "--json", "figures.json")]
    [InlineData("--float16", "quantize", "m.tqm", "--dynamic", "--float16")]
    [InlineData("--qat", "quantize", "m.tqm", "--search", "--qat", "1")]
    [InlineData("--max-loss", "quantize", "m.tqm", "--max-loss", "1")]
    [InlineData("--name", "compare", "m.tqm", "--name", "other")]
    [InlineData("--sheet", "compare", "--sheet", "sheet.png")]
    public void An_option_that_would_be_ignored_is_refused(string option, params string[] arguments) =>
        Assert.StartsWith(option + " ", Assert.Single(Mistakes(arguments)), StringComparison.Ordinal);

    [Fact]
    public async Task A_directory_for_data_that_is_drawn_is_refused() =>
        Cli.AssertRefused(await Cli.RunAsync("train", "strokes-linear", "--data", "pictures"), "--data", "drawn");

    [Theory]
    [InlineData("inspect", "MODEL", "--svg", "MODEL")]
    [InlineData("import", "MODEL", "-o", "./MODEL")]
    [InlineData("export", "MODEL", "--onnx", "MODEL")]
    [InlineData("header", "MODEL", "-o", "MODEL")]
    [InlineData("quantize", "MODEL", "-o", "MODEL")]
    [InlineData("quantize", "MODEL", "-o", "same", "--json", "same")]
    [InlineData("compare", "MODEL", "--json", "MODEL")]
    [InlineData("report", "MODEL", "--html", "MODEL")]
    [InlineData("size", "other", "MODEL", "--json", "MODEL")]
    public void An_output_over_an_input_is_refused(params string[] arguments) =>
        Assert.Contains("expected another file", Assert.Single(Mistakes(arguments)), StringComparison.Ordinal);

    [Theory]
    [InlineData("'/proc' is a directory in which no file can be made", "train", "strokes-linear", "-o", "/proc/models")]
    [InlineData("'/proc' is a directory in which no file can be made", "quantize", "m.tqm", "-o", "/proc/m.tqm")]
    [InlineData("'/proc/version' is a file; expected a directory", "report", "m.tqm", "--html",
        "/proc/version/report.html")]
    [InlineData("'/tmp' is a directory; expected a file", "compare", "m.tqm", "--json", "/tmp")]
    [InlineData("would be taken for a TensorFlow Lite model", "import", "m.tflite", "-o", "x.tflite")]
    public void A_place_that_cannot_be_written_to_is_told_before_the_work(string message, params string[] arguments) =>
        Assert.Contains(message, Assert.Single(Mistakes(arguments)), StringComparison.Ordinal);

    [Fact]
    public void A_place_that_is_not_there_yet_is_not_made() // by the command line alone
    {
        using var temp = new TempDirectory();

        Assert.Empty(Mistakes("import", "m.tflite", "-o", temp["new/m.tqm"]));
        Assert.Empty(Directory.GetFileSystemEntries(temp.Path));
    }

    [Fact]
    public async Task Numbers_are_read_and_written_alike_where_the_comma_is_decimal()
    {
        using var temp = new TempDirectory();
        ProcessRun run = await Cli.RunInAsync(
            "de_DE.UTF-8", "train", "strokes-linear", "--epochs", "1", "--learning-rate", "0.25", "-o", temp["models"]);

        Cli.AssertDone(run);
        Assert.Contains("learning rate 0.25 to 0", await File.ReadAllTextAsync(temp["models/strokes-linear.fp32.tqm"]),
            StringComparison.Ordinal);
        Assert.Contains("10,000 training", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nope", "train", "--data", "/nope")]
    [InlineData("/nope", "train", "mnist-linear", "--data", "/nope", "--offline")]
    [InlineData("/nope", "data", "--data", "/nope", "--output", "/nope/out")]
    [InlineData("/nope/mnist-linear.fp32.tqm", "compare", "--models", "/nope")]
    [InlineData("/nope/x.tqm", "inspect", "/nope/x.tqm")]
    [InlineData("/nope/x.tqm", "report", "/nope/x.tqm")]
    [InlineData("/nope/x.tqm", "quantize", "/nope/x.tqm")]
    [InlineData("'/tmp' is a directory", "inspect", "/tmp")]
    [InlineData("'/nope/size.md'", "size", "m.tqm", "--check", "/nope/size.md")]
    public async Task A_missing_path_is_named(string named, params string[] arguments) =>
        Cli.AssertRefused(await Cli.RunAsync(arguments), named);

    [Fact]
    public async Task Data_that_cannot_be_had_says_what_to_do() =>
        Cli.AssertRefused(
            await Cli.RunAsync("train", "mnist-linear", "--offline"), "MNIST", "--data", "TINYQUANT_DATA");

    /// <summary>What is said against a command line, without running anything.</summary>
    private static string[] Mistakes(params string[] arguments) =>
        [.. ParseErrors.Of(CommandLine.Create().Parse(arguments))];
}
