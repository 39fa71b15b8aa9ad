using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TinyQuant.Model.Format;

/// <summary>The indented base64 lines below a tensor; each line is whole base64 of its own.</summary>
internal static class TensorData
{
    /// <summary>The data in the lines after <paramref name="statement"/> up to <paramref name="end"/>; null and an
    /// error where it is wrong.</summary>
    public static ImmutableArray<byte>? Read(
        string[] lines, int statement, int end, int byteLength, string name, ErrorList errors)
    {
        // What the lines can hold is known before anything is allocated: a small file cannot ask for a large array.
        long held = 0;
        for (int line = statement + 1; line < end; line++)
        {
            if (!TryMeasure(lines[line], out int bytes, out int column))
            {
                errors.Add(ModelErrorKind.Malformed, line, column, 1, "this is not base64; expected "
                    + "two spaces, then groups of four characters from A-Z a-z 0-9 + / and = as padding at the end");
                return null;
            }

            held += bytes;
        }

        if (held != byteLength)
        {
            errors.Add(ModelErrorKind.Mismatch, statement, 0, lines[statement].Length,
                Invariant($"tensor '{name}' has {held} bytes of data; its type and shape expect {byteLength}"));
            return null;
        }

        byte[] data = new byte[byteLength];
        int at = 0;
        for (int line = statement + 1; line < end; line++)
        {
            byte[] part = Convert.FromBase64String(lines[line].Trim());
            part.CopyTo(data, at);
            at += part.Length;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(data);
    }

    /// <summary>The bytes that a line stands for, or the column of its first wrong character.</summary>
    private static bool TryMeasure(string line, out int bytes, out int column)
    {
        int start = line.Length - line.TrimStart().Length;
        string text = line.Trim();
        int body = text.TrimEnd('=').Length;
        int padding = text.Length - body;
        bytes = (text.Length / 4 * 3) - padding;
        for (int i = 0; i < body; i++)
        {
            char c = text[i];
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/'))
            {
                column = start + i;
                return false;
            }
        }

        column = start + body;
        return text.Length % 4 == 0 && padding <= 2;
    }
}
