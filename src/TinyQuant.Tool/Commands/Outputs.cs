using System.CommandLine;
using System.CommandLine.Parsing;

namespace TinyQuant.Tool.Commands;

/// <summary>Checks of where a command writes, before the work and not after it.</summary>
internal static class Outputs
{
    /// <summary>A directory, there or not yet.</summary>
    public static void RequireNoFile(OptionResult result)
    {
        if (result.Tokens.Count > 0 && File.Exists(result.Tokens[0].Value))
        {
            result.AddError($"'{result.Tokens[0].Value}' is a file; expected a directory.");
        }
    }

    /// <summary>A file, there or not yet.</summary>
    public static void RequireNoDirectory(OptionResult result)
    {
        if (result.Tokens.Count > 0 && Directory.Exists(result.Tokens[0].Value))
        {
            result.AddError($"'{result.Tokens[0].Value}' is a directory; expected a file to write.");
        }
    }

    /// <summary>A file whose name does not say that it is a TensorFlow Lite model, which other commands would then take it for.</summary>
    public static void RequireNoTflite(OptionResult result)
    {
        if (result.Tokens.Count > 0 && Path.GetExtension(result.Tokens[0].Value).Equals(TfliteFiles.Extension, StringComparison.OrdinalIgnoreCase))
        {
            result.AddError($"'{result.Tokens[0].Value}' would be taken for a TensorFlow Lite model; expected a name that ends in .tqm.");
        }
    }

    /// <summary>Files that are neither read by the command nor written by two of its options: one would be lost.</summary>
    /// <param name="command">The command.</param>
    /// <param name="inputs">Its arguments and options that name files it reads.</param>
    /// <param name="outputs">Its options that name files it writes.</param>
    public static void RequireOthers(Command command, Symbol[] inputs, params Option[] outputs) => command.Validators.Add(result =>
    {
        var taken = inputs.SelectMany(i => Files(result, i)).ToHashSet(StringComparer.Ordinal);
        foreach ((Option output, string file) in outputs.SelectMany(o => Files(result, o).Select(f => (o, f))))
        {
            if (!taken.Add(file))
            {
                result.AddError($"'{file}' is read, or written twice; expected another file for {output.Name}.");
            }
        }
    });

    private static IEnumerable<string> Files(CommandResult command, Symbol symbol)
    {
        IReadOnlyList<Token>? tokens = symbol switch
        {
            Argument argument => command.GetResult(argument)?.Tokens,
            Option option => command.GetResult(option)?.Tokens,
            _ => null,
        };
        return tokens?.Where(t => t.Value.Length > 0).Select(t => Path.GetFullPath(t.Value)) ?? [];
    }
}
