using System.Globalization;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Export;

/// <summary>Words of C.</summary>
internal static class CText
{
    /// <summary>The type of an element; null where there is none.</summary>
    public static string? Type(TensorType type) => type switch
    {
        TensorType.Float32 => "float",
        TensorType.Int8 => "int8_t",
        TensorType.UInt8 or TensorType.Bool => "uint8_t",
        TensorType.Int16 => "int16_t",
        TensorType.Int32 => "int32_t",
        TensorType.Int64 => "int64_t",
        TensorType.UInt32 => "uint32_t",
        TensorType.UInt64 => "uint64_t",
        _ => null,
    };

    public static string Number(int value) =>
        value < 0 ? $"({value.ToString(CultureInfo.InvariantCulture)})" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest literal that is the same float.</summary>
    public static string Number(float value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits + (digits.AsSpan().ContainsAny('.', 'E') ? "f" : ".0f");
    }

    /// <summary>A string literal in UTF-8; what is not plain ASCII is octal, which ends after three digits.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder("\"");
        foreach (byte unit in Encoding.UTF8.GetBytes(value))
        {
            char character = (char)unit;
            if (character is '"' or '\\' or '?') // two '?' may begin a trigraph
            {
                text.Append('\\').Append(character);
            }
            else if (character is >= ' ' and <= '~')
            {
                text.Append(character);
            }
            else
            {
                text.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>Text that can stand in a comment: it neither ends one nor begins another, and is one line.</summary>
    public static string Comment(string value)
    {
        return Printable.Text(value).Replace("*/", "* /", StringComparison.Ordinal)
            .Replace("/*", "/ *", StringComparison.Ordinal);
    }
}
