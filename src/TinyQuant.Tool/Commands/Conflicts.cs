using System.CommandLine;
using System.CommandLine.Parsing;

namespace TinyQuant.Tool.Commands;

/// <summary>
/// Options that would be ignored: refused before any work, since whoever gave them expects them to do something.
/// </summary>
internal static class Conflicts
{
    /// <summary>Refuses the options of a list that were given although something else stands against them.</summary>
    /// <param name="command">The command, as far as it is parsed.</param>
    /// <param name="with">What stands against them, for the message: <c>--dynamic</c>.</param>
    /// <param name="options">The options.</param>
    public static void Refuse(CommandResult command, string with, params IEnumerable<Option> options)
    {
        foreach (Option option in options.Where(o => IsGiven(command, o)))
        {
            command.AddError($"{option.Name} does not go with {with}.");
        }
    }

    /// <summary>Whether it stands on the command line, and not only its default.</summary>
    public static bool IsGiven(CommandResult command, Option option) =>
        command.GetResult(option) is { Implicit: false };
}
