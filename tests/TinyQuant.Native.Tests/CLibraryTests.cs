using System.Text.RegularExpressions;
using CLibrary;
using TinyQuant.Golden;
using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary>The shared library of <c>samples/CLibrary</c>, from C and from Python.</summary>
public sealed partial class CLibraryTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [CFact]
    public async Task C_gets_the_digits_and_scores_of_the_model()
    {
        await MnistLibrary.CompileAsync(Path.Combine(MnistLibrary.Sources, "digits.c"), _temp["digits"]);

        ProcessRun run = await ProcessRun.RunAsync(_temp["digits"], [Pictures()]);

        Nano.AssertDone(run);
        Assert.Equal(Expected(), run.Output);
    }

    [PythonFact]
    public async Task Python_gets_the_same()
    {
        ProcessRun run = await ProcessRun.RunAsync(
            MnistLibrary.Python!, [Path.Combine(MnistLibrary.Sources, "digits.py"), MnistLibrary.Path, Pictures()]);

        Nano.AssertDone(run);
        Assert.Equal(Expected(), run.Output);
    }

    [CFact]
    public async Task Wrong_arguments_are_answered_threads_agree_and_nothing_is_allocated()
    {
        await MnistLibrary.CompileAsync(Path.Combine(MnistLibrary.Checks, "check.c"), _temp["check"]);

        ProcessRun run = await ProcessRun.RunAsync(_temp["check"], [], GoldenAnswers.Image(3).ToArray());

        Nano.AssertDone(run);
        Assert.Equal($"ok {Version()}\n", run.Output);
    }

    [PythonFact]
    public async Task Wrong_arguments_are_answered_in_Python_and_nothing_is_allocated()
    {
        ProcessRun run = await ProcessRun.RunAsync(
            MnistLibrary.Python!,
            [Path.Combine(MnistLibrary.Checks, "check.py"), MnistLibrary.Sources, MnistLibrary.Path],
            GoldenAnswers.Image(3).ToArray());

        Nano.AssertDone(run);
        Assert.Equal($"ok {Version()}\n", run.Output);
    }

    [CFact]
    public async Task Every_function_of_the_header_is_in_the_library()
    {
        string table = string.Join(", ", Declared().Select(name => $"(function){name}"));
        File.WriteAllText(_temp["all.c"], $$"""
            #include "tinyquant_mnist.h"
            typedef void (*function)(void);
            static const function all[] = { {{table}} };
            int main(void) { return all[0] == 0; }

            """);

        await MnistLibrary.CompileAsync(_temp["all.c"], _temp["all"]);

        Nano.AssertDone(await ProcessRun.RunAsync(_temp["all"], []));
    }

    [Fact]
    public void The_header_declares_what_the_code_exports()
    {
        string code = File.ReadAllText(Path.Combine(MnistLibrary.Sources, "Exports.cs"));
        Assert.Equal(
            Declared(), EntryPoint().Matches(code).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));

        string header = Header();
        (string Macro, int Value)[] statuses =
        [
            ("TINYQUANT_OK", Status.Ok), ("TINYQUANT_ERROR_NULL", Status.Null),
            ("TINYQUANT_ERROR_LENGTH", Status.Length),
            ("TINYQUANT_ERROR_OVERLAP", Status.Overlap), ("TINYQUANT_ERROR_INTERNAL", Status.Internal),
        ];
        Assert.All(statuses, s => Assert.Matches($@"#define {s.Macro} \(?{s.Value}\)?\s", header));
    }

    private string Pictures()
    {
        string path = _temp["pictures"];
        File.WriteAllBytes(
            path, [.. Enumerable.Range(0, GoldenAnswers.Count).SelectMany(i => GoldenAnswers.Image(i).ToArray())]);
        return path;
    }

    /// <summary>
    /// A line for each picture: the true class, and what the model's generated code gives here, under the JIT.
    /// </summary>
    private static string Expected()
    {
        var lines = new List<string>();
        DigitModel model = default;
        sbyte[] scores = new sbyte[DigitModel.OutputLength];
        for (int i = 0; i < GoldenAnswers.Count; i++)
        {
            model.Run([.. GoldenAnswers.Image(i).ToArray().Select(pixel => (sbyte)(pixel - 128))], scores);
            lines.Add($"{GoldenAnswers.Labels[i]}  {string.Join(' ', scores)}\n");
        }

        return string.Concat(lines);
    }

    private static string Version() =>
        ProjectVersion().Match(File.ReadAllText(Repository.File("Directory.Build.props"))).Groups[1].Value;

    private static string Header() => File.ReadAllText(Path.Combine(MnistLibrary.Sources, "tinyquant_mnist.h"));

    private static string[] Declared() =>
        [.. Function().Matches(Header()).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\w[\w ]*[ *](tinyquant_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Function();

    [GeneratedRegex("EntryPoint = \"([^\"]+)\"")]
    private static partial Regex EntryPoint();

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex ProjectVersion();
}
