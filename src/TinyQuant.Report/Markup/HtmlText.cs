using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Report.Markup;

/// <summary>
/// An interpolated string that becomes markup: what stands in it is taken as it is, and every value put into it is
/// escaped, so that a name from a model file cannot be markup.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct HtmlText(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup.ToString());

    public void AppendFormatted(IEnumerable<Html> markup)
    {
        foreach (Html part in markup)
        {
            _text.Append(part.ToString());
        }
    }

    /// <summary>As it can be printed: control characters are no text in HTML, escaped or not.</summary>
    public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(Printable.Text(text ?? "")));

    public void AppendFormatted(int value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A coordinate or a percentage: two decimals at most.</summary>
    public void AppendFormatted(double value) => _text.Append(value.ToString("0.##", CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
