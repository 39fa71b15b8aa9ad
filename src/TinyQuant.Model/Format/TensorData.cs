using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TinyQuant.Model.Format;

/// <summary>The indented base64 lines below a tensor; each line is whole base64 of its own.</summary>
internal static class TensorData
{
    public static ImmutableArray<byte>? Read(
        string[] lines, int first, int end, int statement, int byteLength, string name, List<ModelError> errors)
    {
        // What the lines can hold is known before anything is allocated: a small file cannot ask for a large array.
        long characters = 0;
        for (int line = first; line < end; line++)
        {
            if (Invalid(lines[line]) is { } column)
            {
                errors.Add(new ModelError(ModelErrorKind.Malformed, line, column, 1, "this is not base64; expected "
                    + "two spaces, then groups of four characters from A-Z a-z 0-9 + / and = as padding at the end"));
                return null;
            }
            characters += lines[line].Trim().Length - Padding(lines[line]);
        }
        long held = characters * 3 / 4;
        if (held != byteLength)
        {
            errors.Add(new ModelError(ModelErrorKind.Mismatch, statement, 0, lines[statement].Length,
                $"tensor '{name}' has {held} bytes of data; its type and shape expect {byteLength}"));
            return null;
        }
        byte[] data = new byte[byteLength];
        int at = 0;
        for (int line = first; line < end; line++)
        {
            byte[] part = Convert.FromBase64String(lines[line].Trim());
            part.CopyTo(data, at);
            at += part.Length;
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(data);
    }

    private static int Padding(string line)
    {
        string text = line.Trim();
        return text.Length - text.TrimEnd('=').Length;
    }

    /// <summary>The column of the first wrong character; null where the line is base64.</summary>
    private static int? Invalid(string line)
    {
        int start = line.Length - line.TrimStart().Length;
        string text = line.Trim();
        int body = text.TrimEnd('=').Length;
        for (int i = 0; i < body; i++)
        {
            char c = text[i];
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/'))
            {
                return start + i;
            }
        }
        return text.Length % 4 != 0 || text.Length - body > 2 ? start + body : null;
    }
}
