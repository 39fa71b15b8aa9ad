using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Sections;

/// <summary>What quantization cost, operator by operator, against a float32 twin.</summary>
internal static class TwinSection
{
    private const double FullBar = 60; // dB: more than any int8 output reaches

    public static Html Write(ReportedModel model) => Html.Of($"""
        <section aria-labelledby="quantization">
        <h2 id="quantization">Ranges and noise of quantization</h2>
        {(model.Twin is { } twin ? Table(model, twin) : Html.Of($"<p>Not measured: it takes the float32 model that this one was made of (<code>--twin</code>), and inputs (<code>--data</code> or <code>--input</code>).</p>\n"))}</section>

        """);

    private static Html Table(ReportedModel model, TwinErrors twin)
    {
        Html table = Html.Of($"""
            <table>
            <caption>Against {twin.Twin}, on {Figures.Count(twin.Inputs, "input")}</caption>
            <thead><tr><th scope="col" class="number">step</th><th scope="col">operator</th><th scope="col">writes</th><th scope="col">range in float32</th><th scope="col">range of the codes</th><th scope="col" class="number">scale</th><th scope="col" class="number">zero point</th><th scope="col">weights, dB</th><th scope="col" class="number">output, dB</th></tr></thead>
            <tbody>
            {model.Graph.Operators.Select((op, i) => Row(op, i, twin.Layers[i]))}</tbody>
            </table>

            """);
        return Html.Of($"""
            {Html.ScrollBox("Ranges and noise of quantization", "wide", table)}<p class="quiet">Decibels are signal to noise, 10 log10(Σ x² / Σ (x − x̂)²), of x in float32 and x̂ here, with everything before the operator quantized too; 6 dB are a bit. A range in float32 far inside that of the codes wastes them; one that is wider is clipped.</p>

            """);
    }

    private static Html Row(Operator op, int index, TwinLayer? layer)
    {
        Tensor output = op.Outputs[0];
        return Html.Of($"""
            <tr><td class="number">{index}</td><th scope="row">{op.Kind}</th><td>{TensorText.Name(output.Name)}</td>{(layer is null ? Html.Of($"<td>{Html.Missing("same values")}</td>") : Html.Of($"<td>{Range(layer.Range.Min, layer.Range.Max)}</td>"))}{Codes(output)}<td>{WeightNoise(layer)}</td><td class="number">{(layer is null ? Html.Missing("as before") : Noise(layer.Decibels))}</td></tr>

            """);
    }

    private static Html Codes(Tensor output)
    {
        if (output is not { Type: TensorType.Int8, Quantization: { } q })
        {
            Html none = Html.Missing(output.Type == TensorType.Float32 ? "float32" : "no int8");
            return Html.Of($"<td>{none}</td><td class=\"number\">{none}</td><td class=\"number\">{none}</td>");
        }

        return Html.Of(
            $"<td>{Range((sbyte.MinValue - q.ZeroPoint) * q.Scale, (sbyte.MaxValue - q.ZeroPoint) * q.Scale)}</td><td class=\"number\">{Figures.Real(q.Scale, 5)}</td><td class=\"number\">{q.ZeroPoint}</td>");
    }

    private static Html WeightNoise(TwinLayer? layer) => layer switch
    {
        { Weights: { } type, WeightDecibels: { } decibels } => Html.Of($"{type}: {Figures.Decibels(decibels)}"),
        { Weights: { } type } => Html.Of($"{type} {Html.Missing("laid out differently")}"),
        _ => Html.Missing("none"),
    };

    private static Html Noise(double decibels)
    {
        double share = double.IsPositiveInfinity(decibels)
            ? 100
            : double.IsFinite(decibels) ? Math.Clamp(100 * decibels / FullBar, 0, 100) : 0;
        return Html.Of(
            $"{Figures.Decibels(decibels)}<span class=\"bar\"><span style=\"width:{share}%\"></span></span>");
    }

    private static string Range(double min, double max) => $"{Figures.Real(min)} to {Figures.Real(max)}";
}
