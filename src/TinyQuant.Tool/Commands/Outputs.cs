using System.CommandLine;
using System.CommandLine.Parsing;

namespace TinyQuant.Tool.Commands;

/// <summary>Checks of where a command writes, before the work and not after it.</summary>
internal static class Outputs
{
    /// <summary>A directory, there or not yet, in which files can be made.</summary>
    public static void RequireDirectory(OptionResult result)
    {
        if (result.Tokens is [{ Value: { Length: > 0 } path }])
        {
            RequireWritable(result, path);
        }
    }

    /// <summary>A file, there or not yet, where files can be made.</summary>
    public static void RequireFile(OptionResult result)
    {
        if (result.Tokens is not [{ Value: { Length: > 0 } path }])
        {
            return;
        }
        if (Directory.Exists(path))
        {
            result.AddError($"'{path}' is a directory; expected a file to write.");
        }
        else if (new FileInfo(path).LinkTarget is null && Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory and not "/dev")
        {
            RequireWritable(result, directory);
        }
    }

    /// <summary>Makes a file there and deletes it: what only shows when the result is written has cost the work.</summary>
    private static void RequireWritable(OptionResult result, string directory)
    {
        string existing = directory;
        while (!Path.Exists(existing) && Path.GetDirectoryName(Path.GetFullPath(existing)) is { } parent)
        {
            existing = parent;
        }
        if (!Directory.Exists(existing))
        {
            result.AddError($"'{existing}' is a file; expected a directory.");
            return;
        }
        string probe = Path.Combine(existing, Path.GetRandomFileName());
        try
        {
            using FileStream made = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            result.AddError($"'{existing}' is a directory in which no file can be made; expected another for {result.Option.Name}.");
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
