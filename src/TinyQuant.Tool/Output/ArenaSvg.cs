using System.Globalization;
using System.Net;
using System.Text;
using TinyQuant.Generator.Inspection;
using TinyQuant.Model;

namespace TinyQuant.Tool.Output;

/// <summary>The arena over time as a picture: operators from left to right, addresses from top to bottom.</summary>
internal static class ArenaSvg
{
    private const int Column = 60;
    private const int Height = 400;
    private const int Margin = 70;

    public static string Write(InspectedModel model)
    {
        int columns = model.Operators.Length + 1; // one for the caller's input
        int width = (2 * Margin) + (columns * Column);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{Height + (2 * Margin)}" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            <text x="{Margin}" y="24" font-size="16">{Escape(model.Name)}: arena of {model.ArenaBytes:N0} bytes ({model.InstanceBytes:N0} with Classify), lower bound {model.ArenaLowerBound:N0}</text>
            <rect x="{Margin}" y="{Margin}" width="{columns * Column}" height="{Height}" fill="none" stroke="black"/>

            """);
        for (int i = 0; i < model.Buffers.Length; i++)
        {
            AppendBuffer(svg, model, i);
        }

        for (int op = -1; op < model.Operators.Length; op++)
        {
            string kind = op < 0 ? "the caller's input" : model.Operators[op].Kind;
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{Margin + ((op + 1.5) * Column)}\" y=\"{Margin + Height + 18}\" text-anchor=\"middle\">{(op < 0 ? "in" : op)}<title>{Escape(kind)}</title></text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendBuffer(StringBuilder svg, InspectedModel model, int index)
    {
        InspectedBuffer b = model.Buffers[index];
        double scale = (double)Height / Math.Max(1, model.InstanceBytes);
        int x = Margin + ((b.FirstUse + 1) * Column);
        int width = (b.LastUse - b.FirstUse + 1) * Column;
        double y = Margin + (b.Offset * scale);
        int hue = index * 67 % 360;
        svg.Append(CultureInfo.InvariantCulture,
            $"<g><rect x=\"{x}\" y=\"{y:0.##}\" width=\"{width}\" height=\"{b.Bytes * scale:0.##}\" fill=\"hsl({hue},60%,75%)\" stroke=\"hsl({hue},60%,35%)\"/>");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{x + 4}\" y=\"{y + 14:0.##}\">{Escape(b.Name)} {b.Bytes:N0}</text><title>{Escape(b.Name)}: {b.Bytes:N0} bytes at {b.Offset:N0}</title></g>\n");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(Printable.Text(text));
}
