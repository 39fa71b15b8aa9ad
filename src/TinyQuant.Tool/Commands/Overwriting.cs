using System.CommandLine;
using System.CommandLine.Parsing;
using TinyQuant.Data.IO;

namespace TinyQuant.Tool.Commands;

/// <summary>
/// What a command reads and what it writes, compared before the work: what is written over a file that is read, or over
/// another that is written, is lost. Files are compared and not their names: see <see cref="FileIdentity"/>.
/// </summary>
internal static class Overwriting
{
    private static readonly string[] s_pictures = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".pgm"];

    /// <summary>Refuses a command line that would overwrite.</summary>
    /// <param name="command">The command.</param>
    /// <param name="inputs">Its arguments and options that name files, or directories of data, that it reads.</param>
    /// <param name="outputs">Its options that name files it writes.</param>
    public static void Refuse(Command command, Symbol[] inputs, params Option[] outputs) =>
        Refuse(command, result => inputs.SelectMany(i => Paths(result, i)), result => Written(result, outputs));

    /// <summary>The same with files that no option names.</summary>
    /// <param name="command">The command.</param>
    /// <param name="reads">Files, and directories of data, that it reads.</param>
    /// <param name="writes">Files that it writes, and the option that places each.</param>
    /// <param name="namesAreFixed">
    /// Whether files in a directory of data may be written as long as none is a link to another: their names are not
    /// the user's to choose.
    /// </param>
    public static void Refuse(
        Command command,
        Func<CommandResult, IEnumerable<string>> reads,
        Func<CommandResult, IEnumerable<(Option Option, string File)>> writes,
        bool namesAreFixed = false) => command.Validators.Add(result =>
    {
        try
        {
            string[] read = [.. reads(result)];
            var written = new List<string>();
            foreach ((Option option, string file) in writes(result))
            {
                if (read.Any(r => IsOver(file, r, namesAreFixed)) || written.Any(w => FileIdentity.AreSame(file, w)))
                {
                    result.AddError(
                        $"'{Path.GetFullPath(file)}' is read, or written twice; expected another file for "
                            + $"{option.Name}.");
                }

                if (!Paths(result, option).Contains(file, StringComparer.Ordinal))
                {
                    StagedFile.PlaceOf(file); // what the option names has been looked at
                }

                written.Add(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            result.AddError(e.Message);
        }
    });

    /// <summary>What an argument or option names: its default where it is not given.</summary>
    public static IEnumerable<string> Paths(CommandResult command, Symbol symbol)
    {
        (IReadOnlyList<Token>? tokens, object? fallback) = symbol switch
        {
            Argument argument => (
                command.GetResult(argument)?.Tokens, argument.HasDefaultValue ? argument.GetDefaultValue() : null),
            Option option => (
                command.GetResult(option)?.Tokens, option.HasDefaultValue ? option.GetDefaultValue() : null),
            _ => (null, null),
        };
        return tokens is { Count: > 0 }
            ? tokens.Select(t => t.Value).Where(path => path.Length > 0)
            : fallback is FileSystemInfo or string ? [fallback.ToString()!] : [];
    }

    /// <summary>Each of these options with each file that it names.</summary>
    public static IEnumerable<(Option Option, string File)> Written(
        CommandResult command, params IEnumerable<Option> outputs) =>
        outputs.SelectMany(o => Paths(command, o).Select(path => (o, path)));

    private static bool IsOver(string file, string read, bool namesAreFixed) => !Directory.Exists(read)
        ? FileIdentity.AreSame(file, read)
        : FileIdentity.IsBelow(file, read) && (FileIdentity.IsLink(file) || (!namesAreFixed && IsData(file, read)));

    /// <summary>Whether a file in a directory of data is such as is read there; a report may well be too.</summary>
    private static bool IsData(string file, string directory)
    {
        string[] steps = Path.GetRelativePath(FilePlace.Of(directory), FilePlace.Of(file))
            .Split(Path.DirectorySeparatorChar);
        string name = steps[^1];
        bool isOfClass = steps.Length > 1 && !File.Exists(Path.Combine(directory, "train.csv"));
        return File.Exists(file)
            && (steps is ["train.csv" or "test.csv"]
                || name.EndsWith("-ubyte", StringComparison.Ordinal)
                || name.EndsWith("-ubyte.gz", StringComparison.Ordinal)
                || (isOfClass && s_pictures.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)));
    }
}
