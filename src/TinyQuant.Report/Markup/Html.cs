namespace TinyQuant.Report.Markup;

/// <summary>Text that is markup already: it is not escaped again where it is put into more.</summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>Markup with values in it, which are escaped.</summary>
    public static Html Of(HtmlText text) => new(text.ToString());

    /// <summary>A style sheet, which is markup of our own.</summary>
    public static Html Style(string css) => new(css);

    /// <summary>A value that is not there, with the reason in its place.</summary>
    public static Html Missing(string reason) => Of($"<span class=\"missing\">&ndash; {reason}</span>");

    /// <summary>What does not fit a narrow page scrolls in a box of its own, with keys too.</summary>
    public static Html ScrollBox(string name, string kind, Html content) =>
        Of($"<div class=\"scroll {kind}\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n{content}</div>\n");

    public override string ToString() => _markup ?? "";
}
