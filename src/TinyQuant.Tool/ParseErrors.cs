using System.CommandLine;
using System.CommandLine.Parsing;

namespace TinyQuant.Tool;

/// <summary>What is wrong with a command line, in sentences for those who wrote it.</summary>
internal static class ParseErrors
{
    private const string NoType = "as expected type";
    private const string NoChoice = "Must be one of:";

    /// <summary>One for each mistake, the parser's own where it says enough.</summary>
    public static IEnumerable<string> Of(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand root && parsed.UnmatchedTokens is [var unknown, ..]
            ? [unknown.StartsWith('-')
                ? $"There is no option '{unknown}' before a command."
                : $"There is no command '{unknown}'; expected one of "
                    + $"{string.Join(", ", root.Subcommands.Select(c => c.Name))}."]
            : parsed.Errors.Select(Message).Distinct(StringComparer.Ordinal);

    private static string Message(ParseError error) => error.SymbolResult switch
    {
        OptionResult option => Message(error.Message, option.Tokens, option.Option.Name, option.Option.ValueType),
        ArgumentResult { Argument: { Name: var name, HelpName: var shown } argument } result => Message(
            error.Message, result.Tokens, $"<{shown ?? name}>", argument.ValueType),
        _ => error.Message,
    };

    /// <summary>
    /// The parser names .NET's types, of which the user of a command need not know, and lists choices line by line.
    /// </summary>
    private static string Message(string message, IReadOnlyList<Token> tokens, string name, Type type)
    {
        if (message.Contains(NoType, StringComparison.Ordinal) && tokens is [var token, ..])
        {
            return $"'{token.Value}' is not possible for "
                + $"{name}{(type.IsAssignableTo(typeof(FileSystemInfo)) ? "; expected a path" : "")}.";
        }

        int choices = message.IndexOf(NoChoice, StringComparison.Ordinal);
        if (choices < 0 || message.Split('\'') is not [_, var wrong, ..])
        {
            return message;
        }

        IEnumerable<string> possible = message[(choices + NoChoice.Length)..]
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(c => c.Trim('\''));
        return $"'{wrong}' is not possible for {name}; expected one of {string.Join(", ", possible)}.";
    }
}
