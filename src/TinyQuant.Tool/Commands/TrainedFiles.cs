using System.CommandLine;
using System.CommandLine.Parsing;
using TinyQuant.Training.Data;

namespace TinyQuant.Tool.Commands;

/// <summary>The files that <c>tinyquant train</c> writes.</summary>
internal static class TrainedFiles
{
    private static readonly string[] s_endings =
    [
        "fp32.tqm", "dynamic.tqm", "int8.tqm", "int4.tqm", "golden.cs", "md",
        "training.png", "confusion.png", "roc.png", "train.checkpoint", "qat.checkpoint",
    ];

    /// <summary>Those of a model by its name; of some recipes fewer.</summary>
    public static IEnumerable<string> Of(string directory, string name) =>
        s_endings.Select(ending => Path.Combine(directory, $"{name}.{ending}"));

    /// <summary>The name of the model that a command line asks for.</summary>
    /// <param name="result">The command line, as far as it is parsed.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="name">The name, where the user gives one.</param>
    /// <param name="standard">The recipe where none is named, or the data decides.</param>
    public static string NameOf(CommandResult result, Argument recipe, Option name, string standard) =>
        Overwriting.Paths(result, name).FirstOrDefault() ?? Overwriting.Paths(result, recipe).FirstOrDefault() switch
        {
            null or DataSetLoader.Auto => standard,
            { } given => given,
        };
}
