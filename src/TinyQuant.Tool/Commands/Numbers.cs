using System.CommandLine;
using System.Globalization;

namespace TinyQuant.Tool.Commands;

/// <summary>Options that take a number of a range.</summary>
internal static class Numbers
{
    /// <summary>Refuses what is no number, or not of the range. A validator must not ask for the option's value: where the text is no number, that throws.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isAllowed">Whether a number is of the range.</param>
    /// <param name="expected">The range in words.</param>
    public static void Require<T>(Option option, Func<T, bool> isAllowed, string expected)
        where T : IParsable<T> => option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out T? value) && isAllowed(value)))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not possible for {option.Name}; expected {expected}.");
            }
        });
}
