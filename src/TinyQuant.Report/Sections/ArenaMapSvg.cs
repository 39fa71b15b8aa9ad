using TinyQuant.Generator.Inspection;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Sections;

/// <summary>
/// The arena over time as a picture: steps from left to right, offsets from top to bottom, a box for each life of a
/// tensor.
/// </summary>
internal static class ArenaMapSvg
{
    private const double Left = 76;
    private const double Right = 12;
    private const double Top = 26;
    private const double Bottom = 40;
    private const double Height = 340;
    private const double FullWidth = 1040;
    private const double LeastColumn = 34;
    private const double MostColumn = 130;
    private const double TextSize = 11.5; // as in the style sheet
    private const double TextHeight = 15;
    private const int Ticks = 4;

    public static Html Write(ReportedModel report)
    {
        InspectedModel model = report.Inspected;
        int first = model.Buffers.Any(b => b.FirstUse < 0) ? -1 : 0;
        int steps = model.Operators.Length - first;
        double column = Math.Clamp((FullWidth - Left - Right) / steps, LeastColumn, MostColumn);
        double width = Left + (steps * column) + Right;
        double X(int step) => Left + ((step - first) * column);
        double Y(long offset) => Top + (Height * offset / model.InstanceBytes);
        int peak = report.Peak.Index;
        return Html.Of($"""
            <svg class="arena" role="img" aria-label="The arena of {report.Title} over time" width="{width}" height="{Top + Height + Bottom}" viewBox="0 0 {width} {Top + Height + Bottom}">
            <rect class="peak" x="{X(peak)}" y="{Top - 20}" width="{column}" height="{Height + 20}"/><text class="axis" x="{Math.Min(X(peak) + (column / 2), width - 20)}" y="{Top - 6}" text-anchor="middle">peak</text>
            <rect class="frame" x="{Left}" y="{Top}" width="{steps * column}" height="{Height}"/>
            {Enumerable.Range(0, Ticks + 1).Select(i => Tick((long)model.InstanceBytes * i / Ticks, Y))}{model.Buffers.Select((b, i) => Box(model, b, i, X, Y, column))}{Enumerable.Range(first, steps).Select(s => Step(model, s, X(s) + (column / 2)))}<text class="axis" x="{Left + (steps * column / 2)}" y="{Top + Height + 36}" text-anchor="middle">step</text>
            </svg>

            """);
    }

    private static Html Tick(long offset, Func<long, double> y) => Html.Of(
        $"<text class=\"axis\" x=\"{Left - 8}\" y=\"{y(offset) + 4}\" "
            + $"text-anchor=\"end\">{Figures.Bytes(offset)}</text><line class=\"tick\" x1=\"{Left - 5}\" "
            + $"y1=\"{y(offset)}\" x2=\"{Left}\" y2=\"{y(offset)}\"/>\n");

    private static Html Step(InspectedModel model, int step, double x) => Html.Of(
        $"<text class=\"axis\" x=\"{x}\" y=\"{Top + Height + 18}\" "
            + $"text-anchor=\"middle\">{(step < 0 ? "in" : $"{step}")}<title>{(step < 0 ? "the caller's input is quantized" : model.Operators[step].Kind)}</title></text>\n");

    private static Html Box(InspectedModel model, InspectedBuffer buffer, int index, Func<int, double> x,
        Func<long, double> y, double column)
    {
        double left = x(buffer.FirstUse);
        double width = (buffer.LastUse - buffer.FirstUse + 1) * column;
        double shown = (OverwrittenAt(model, buffer) - buffer.FirstUse) * column;
        double top = y(buffer.Offset);
        // a few bytes of many would not be seen
        double height = Math.Max(1.5, y((long)buffer.Offset + buffer.Bytes) - top);
        string kind = buffer.Use == "activation" ? (index % 2 == 0 ? "activation" : "activation odd") : buffer.Use;
        return Html.Of($"""
            <g class="{kind}"><title>{buffer.Holds}: {buffer.Use}, {Figures.Bytes(buffer.Bytes)} at {Figures.Count(buffer.Offset)}, {Steps(buffer)}</title><rect x="{left + 1}" y="{top}" width="{width - 2}" height="{height}"/>{Label(TensorText.ShortName(buffer.Holds), Figures.Bytes(buffer.Bytes), left + 5, top, shown - 10, height)}</g>

            """);
    }

    /// <summary>
    /// The step in which an operator that works in place takes it over; the one after its last where none does.
    /// </summary>
    private static int OverwrittenAt(InspectedModel model, InspectedBuffer buffer) => model.Buffers
        .Where(b =>
            b.FirstUse > buffer.FirstUse && b.FirstUse <= buffer.LastUse && b.Offset < buffer.Offset + buffer.Bytes
                && buffer.Offset < b.Offset + b.Bytes)
        .Select(b => b.FirstUse).Append(buffer.LastUse + 1).Min();

    /// <summary>Name and size, as much of them as there is room for.</summary>
    private static Html Label(string name, string size, double left, double top, double width, double height)
    {
        string[] lines = [.. new[] { TextWidth.Fit(name, width, TextSize), size }.Take((int)(height / TextHeight))
            .Where(line => line.Length > 0 && TextWidth.Fit(line, width, TextSize) == line)];
        double first = top + ((height - (lines.Length * TextHeight)) / 2) + 11;
        return Html.Of(
            $"{lines.Select((line, i) => Html.Of($"<text x=\"{left}\" y=\"{first + (i * TextHeight)}\">{line}</text>"))}");
    }

    /// <summary>The steps during which a buffer must not be overwritten.</summary>
    public static string Steps(InspectedBuffer buffer) => buffer switch
    {
        { FirstUse: < 0, LastUse: < 0 } => "before the first step",
        { FirstUse: < 0 } => Invariant($"from the input to step {buffer.LastUse}"),
        _ when buffer.FirstUse == buffer.LastUse => Invariant($"step {buffer.FirstUse}"),
        _ => Invariant($"steps {buffer.FirstUse} to {buffer.LastUse}"),
    };
}
