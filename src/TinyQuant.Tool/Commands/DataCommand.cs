using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant data</c>: a test set as plain IDX files.</summary>
internal static class DataCommand
{
    private const string TestSetPrefix = "t10k";

    public static Command Create()
    {
        var data = new DataOptions();
        var output = new Option<DirectoryInfo>("--output", "-o")
        {
            HelpName = "DIR",
            Required = true,
            Description = "Where t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte are written.",
        };
        output.Validators.Add(Outputs.RequireDirectory);
        var command = new Command("data", "Find a data set and write its test set as plain IDX files.") { output };
        data.AddTo(command);
        Overwriting.Refuse(
            command,
            data.Reads,
            result =>
                Overwriting.Written(result, output)
                    .SelectMany(o =>
                        IdxWriter.Names(TestSetPrefix).Select(name => (o.Option, Path.Combine(o.File, name)))),
            namesAreFixed: true);
        command.SetAction(async (parsed, cancellation) =>
        {
            DataSet set = (await data.LoadAsync(parsed, [], cancellation)).WithNumbersAsLabels();
            string directory = parsed.GetValue(output)!.FullName;
            Directory.CreateDirectory(directory);
            IdxWriter.Write(set.TestImages, directory, TestSetPrefix);
            Screen.Line($"Wrote {set.Test.Count:N0} test images to {directory}");
            if (set.ClassNames.Where((name, i) => name != i.ToString(CultureInfo.InvariantCulture)).Any())
            {
                Screen.Line(
                    $"Labels: {string.Join(", ", set.ClassNames.Select((name, i) => Invariant($"{i} {name}")))}");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
