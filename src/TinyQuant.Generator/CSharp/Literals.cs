using System.Globalization;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>C# literals, the same on every machine and in every culture.</summary>
internal static class Literals
{
    /// <summary>Nine digits name every float32 exactly.</summary>
    public static string Float(float value) =>
        float.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : float.IsPositiveInfinity(value) ? "float.PositiveInfinity"
        : value == float.MinValue ? "float.MinValue"
        : value == float.MaxValue ? "float.MaxValue"
        : value.ToString("G9", CultureInfo.InvariantCulture) + "f";

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>With digits grouped, as C# allows.</summary>
    public static string Integer(long value) => value.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');

    /// <summary>
    /// A literal of the same characters. What cannot be seen in it is escaped: the escapes of <see cref="Printable"/>
    /// are those of C#.
    /// </summary>
    public static string String(string value) =>
        Printable.Text(Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true));

    /// <summary>Text for a comment: one line, and nothing that could end an XML document.</summary>
    public static string Comment(string value) =>
        Printable.Text(value).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
