using System.Globalization;
using System.Text;

namespace Gateway.Monitoring;

/// <summary>
/// Makes text that strangers chose, such as a name in a model file, fit for a screen, a log or a comment: one line,
/// every character of which shows as what it is. Whatever prints such text sends it through here first.
/// </summary>
internal static class Printable
{
    /// <summary>
    /// The text with <c>\u000a</c> and the like in place of what ends a line, moves the cursor, turns the direction of
    /// writing (UAX #9), cannot be seen, or is no character in XML 1.0: controls, marks of direction, separators of
    /// lines, tags, noncharacters, and halves of surrogate pairs. Joiners (U+200C, U+200D), which Persian and
    /// pictograms need, stay. Of two <c>#</c> the first is shown so as well: build servers obey a line with
    /// <c>##vso[</c>,
    /// <c>##[</c> or <c>##teamcity[</c> anywhere in it.
    /// </summary>
    /// <param name="text">Anything; a backslash in it stays as it is, so that the way back is not always known.</param>
    /// <returns>The same instance where nothing had to change; of what this returned, the same again.</returns>
    public static string Text(string text)
    {
        StringBuilder? shown = null;
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = char.IsSurrogatePair(text, at) ? 2 : 1;
            bool isShown = !IsHidden(length == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at])
                && !(text[at] == '#' && at + 1 < text.Length && text[at + 1] == '#');
            if (isShown)
            {
                shown?.Append(text, at, length);
                continue;
            }

            shown ??= new StringBuilder(text, 0, at, text.Length + 16);
            for (int i = at; i < at + length; i++)
            {
                shown.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return shown?.ToString() ?? text;
    }

    /// <summary>
    /// Whether a code point does not show as itself. Ranges, not categories: those change with the runtime's tables.
    /// </summary>
    internal static bool IsHidden(int code) => code
        is < 0x20 or (>= 0x7f and <= 0x9f) or 0xad // controls, the soft hyphen
        or 0x61c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) // directions
        or 0x2028 or 0x2029 // separators
        or 0x180e or 0x200b or (>= 0x2060 and <= 0x206f) or 0xfeff or (>= 0xfff0 and <= 0xfffb) // invisible
        or (>= 0xd800 and <= 0xdfff) // halves
        or (>= 0xfdd0 and <= 0xfdef) // noncharacters, as are the last two of each plane
        or (>= 0x1bca0 and <= 0x1bca3) or (>= 0x1d173 and <= 0x1d17a) // of shorthand and music
        or (>= 0xe0000 and <= 0xe0fff) // tags
        || (code & 0xfffe) == 0xfffe;
}
