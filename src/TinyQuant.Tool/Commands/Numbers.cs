using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace TinyQuant.Tool.Commands;

/// <summary>
/// Options that take a number of a range. The parser's own conversion takes a comma for a separator of thousands, so
/// that 0,01 would be 1.
/// </summary>
internal static class Numbers
{
    /// <summary>
    /// Takes numbers of a range as the option's value, and refuses what is no number, or not of the range.
    /// </summary>
    /// <param name="option">The option.</param>
    /// <param name="isAllowed">Whether a number is of the range.</param>
    /// <param name="expected">The range in words.</param>
    public static void Require<T>(Option<T> option, Func<T, bool> isAllowed, string expected)
        where T : struct, INumber<T>
    {
        option.CustomParser = result => Parse<T>(result.Tokens[0].Value) ?? default;
        Validate(option, isAllowed, expected);
    }

    /// <summary>The same for an option that may be missing.</summary>
    public static void Require<T>(Option<T?> option, Func<T, bool> isAllowed, string expected)
        where T : struct, INumber<T>
    {
        option.CustomParser = result => Parse<T>(result.Tokens[0].Value);
        Validate(option, isAllowed, expected);
    }

    /// <summary>A validator must not ask for the option's value: where the text is no number, there is none.</summary>
    private static void Validate<T>(Option option, Func<T, bool> isAllowed, string expected)
        where T : struct, INumber<T> => option.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var text }, ..] || (Parse<T>(text) is { } value && isAllowed(value)))
            {
                return;
            }

            string hint = text.Contains(',', StringComparison.Ordinal)
                ? ", with a point for decimals and no separators"
                : "";
            result.AddError($"'{text}' is not possible for {option.Name}; expected {expected}{hint}.");
        });

    /// <summary>The number that the whole text is, with a point for decimals; null for anything else.</summary>
    private static T? Parse<T>(string text)
        where T : struct, INumber<T>
    {
        NumberStyles style = T.IsInteger(T.CreateSaturating(0.5)) ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        return T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) ? value : null;
    }
}
