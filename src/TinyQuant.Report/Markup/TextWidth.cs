using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Report.Markup;

/// <summary>How much room text takes in a picture, judged from above: the browser's font is not known here.</summary>
internal static class TextWidth
{
    // Widths of DejaVu Sans Bold, in ems: no common font of pages is wider.
    private const double Narrow = 0.45;
    private const double Usual = 0.72;
    private const double Wide = 1.1;
    private const double Regular = 0.9; // of bold

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    /// <param name="text">One line.</param>
    /// <param name="width">The room, in the units of the font's size.</param>
    /// <param name="size">The font's size.</param>
    /// <param name="isBold">Whether it is bold.</param>
    public static string Fit(string text, double width, double size, bool isBold = false)
    {
        text = Printable.Text(text); // before it is cut
        double em = size * (isBold ? 1 : Regular);
        double room = width / em;
        if (text.EnumerateRunes().Sum(Of) <= room)
        {
            return text;
        }

        var fitting = new StringBuilder();
        double taken = Wide; // the ellipsis
        foreach (Rune rune in text.EnumerateRunes().TakeWhile(rune => (taken += Of(rune)) <= room))
        {
            fitting.Append(rune.ToString());
        }

        return fitting.Length > 0 ? fitting.Append('…').ToString() : "";
    }

    private static double Of(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or ' ' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '/'
            or '(' or ')' or '[' or ']' or '·' => Narrow,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or > 0xFF => Wide,
        _ => Usual,
    };
}
