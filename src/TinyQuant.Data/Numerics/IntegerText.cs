using System.Globalization;

namespace TinyQuant.Data;

/// <summary>Integers as people write them into files.</summary>
internal static class IntegerText
{
    /// <summary>Whether a text is an integer without anything but white space around it.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
