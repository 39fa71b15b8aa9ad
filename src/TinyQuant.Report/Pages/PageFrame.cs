using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Pages;

/// <summary>What every page has: it stands alone, with its style in it, and asks no one for anything.</summary>
internal static class PageFrame
{
    private static readonly Lazy<string> s_style = new(ReadStyle);

    public static string Write(string title, Html content) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="tinyquant report">
        <link rel="icon" href="data:,">
        <title>{title}</title>
        <style>
        {Html.Style(s_style.Value)}</style>
        </head>
        <body>
        <main>
        {content}</main>
        </body>
        </html>

        """).ToString();

    private static string ReadStyle()
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
