namespace TinyQuant.Import;

/// <summary>
/// The order of the dimensions of one input or output, as a command or a project says it: <c>image=nhwc</c>.
/// </summary>
/// <param name="Name">The input or output, by its name in the file.</param>
/// <param name="Layout">The order.</param>
public sealed record ValueLayout(string Name, ImageLayout Layout)
{
    /// <summary>What such a text looks like, for messages.</summary>
    public const string Expected = "NAME=nchw or NAME=nhwc, such as image=nhwc";

    /// <summary>Reads a name and a layout; false where the text is something else.</summary>
    public static bool TryParse(string text, out ValueLayout? layout)
    {
        int equals = text.LastIndexOf('=');
        layout = equals <= 0 ? null : text[(equals + 1)..] switch
        {
            "nchw" => new ValueLayout(text[..equals], ImageLayout.Nchw),
            "nhwc" => new ValueLayout(text[..equals], ImageLayout.Nhwc),
            _ => null,
        };
        return layout is not null;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => $"{Name}={(Layout == ImageLayout.Nchw ? "nchw" : "nhwc")}";
}
