using TinyQuant.Model;

namespace TinyQuant.Report.Markup;

/// <summary>Tensors in words that fit a table. TensorFlow's names can be whole lists of scopes.</summary>
internal static class TensorText
{
    private const int MaxName = 32;

    /// <summary>The first name of a list, its last two scopes, and no more than fits.</summary>
    public static string ShortName(string name)
    {
        name = Printable.Text(name); // before it is cut, which could leave half of a character
        string[] scopes = name.Split(';')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        string text = string.Join("/", scopes.TakeLast(2));
        return text.Length switch
        {
            0 => name.Length == 0 ? "(no name)" : Fit(name, MaxName),
            _ => Fit(text, MaxName),
        };
    }

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    public static string Fit(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        int kept = Math.Max(0, length - 1);
        return text[..(kept > 0 && char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)] + "…";
    }

    /// <summary>1×25×5×64, with the batch.</summary>
    public static string Shape(Tensor tensor) =>
        tensor.Shape.IsEmpty ? "scalar" : string.Join("×", tensor.Shape.Select(n => Invariant($"{n}")));

    /// <summary>1×25×5×64 int8.</summary>
    public static string ShapeAndType(Tensor tensor) => $"{Shape(tensor)} {tensor.Type.ToName()}";

    /// <summary>scale 0.0039, zero point -128; per channel the range of the scales.</summary>
    public static string Quantization(Tensor tensor) => tensor.Quantization switch
    {
        null => tensor.Type == TensorType.Float32 ? "real numbers" : "plain integers",
        { IsPerChannel: true } q => Invariant($"{q.Scales.Length} scales from {Figures.Real(q.Scales.Min())} to ")
            + Invariant($"{Figures.Real(q.Scales.Max())}, zero point {q.ZeroPoint}"),
        { } q => Invariant($"scale {Figures.Real(q.Scale, 6)}, zero point {q.ZeroPoint}"),
    };

    /// <summary>The tensor's short name with the whole one to hover over, and its shape.</summary>
    public static Html Cell(Tensor tensor) =>
        Html.Of($"{Name(tensor.Name)} <span class=\"shape\">{ShapeAndType(tensor)}</span>");

    /// <summary>A short name, with the whole one to hover over.</summary>
    public static Html Name(string name) => Html.Of($"<span class=\"name\" title=\"{name}\">{ShortName(name)}</span>");
}
