using System.Globalization;
using System.Text;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model.Format;

/// <summary>
/// Splits a statement into words: runs of characters other than spaces, or JSON-like strings in double quotes for
/// names that hold spaces or quotes.
/// </summary>
internal static class Lexer
{
    /// <summary>The words of <paramref name="text"/>, or null and an error.</summary>
    public static List<Token>? Split(string text, int line, out ModelError? error)
    {
        error = null;
        var tokens = new List<Token>();
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            int start = at;
            if (text[at] == '"')
            {
                if (!TryReadQuoted(text, ref at, out string name))
                {
                    error = new ModelError(ModelErrorKind.Malformed, line, start, text.Length - start,
                        "a quoted name does not end; expected '\"', with \\\" \\\\ and \\uXXXX as the only escapes");
                    return null;
                }

                if (at < text.Length && text[at] != ' ')
                {
                    error = new ModelError(ModelErrorKind.Malformed, line, at, 1,
                        $"'{text[at]}' follows a quoted name; expected a space");
                    return null;
                }

                tokens.Add(new Token(name, line, start, at - start, Quoted: true));
                continue;
            }

            while (at < text.Length && text[at] != ' ')
            {
                at++;
            }

            tokens.Add(new Token(text.Substring(start, at - start), line, start, at - start, Quoted: false));
        }

        return tokens;
    }

    /// <summary>A name as a statement holds it, quoted only where it must be.</summary>
    public static string Quote(string name)
    {
        bool bare = name.Length > 0 && name != "->" && name.IndexOf('=') < 0
            && name.All(c => c > ' ' && c != '"' && c != '\\' && c < 0x7f);
        if (bare)
        {
            return name;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in name)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\').Append(c);
            }
            else if (Printable.IsHidden(c)) // characters of two halves too
            {
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                quoted.Append(c);
            }
        }

        return quoted.Append('"').ToString();
    }

    private static bool TryReadQuoted(string text, ref int at, out string name)
    {
        name = "";
        var builder = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '"')
            {
                at++;
                name = builder.ToString();
                return true;
            }

            if (c != '\\')
            {
                builder.Append(c);
                continue;
            }

            at++;
            if (at < text.Length && text[at] is '"' or '\\')
            {
                builder.Append(text[at]);
            }
            else if (at + 4 < text.Length && text[at] == 'u' && ushort.TryParse(text.Substring(at + 1, 4),
                NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                builder.Append((char)code);
                at += 4;
            }
            else
            {
                return false;
            }
        }

        return false;
    }
}
