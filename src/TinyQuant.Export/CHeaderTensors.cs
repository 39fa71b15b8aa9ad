using System.Globalization;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Export;

/// <summary>Inputs, outputs and labels as constants.</summary>
internal static class CHeaderTensors
{
    /// <summary>input, or input1 and so on where there are several; the same for outputs.</summary>
    public static string Name(string kind, int index, int count) =>
        count == 1 ? kind : kind + (index + 1).ToString(CultureInfo.InvariantCulture);

    public static void Write(StringBuilder text, string macro, Graph graph)
    {
        Write(text, macro, "input", graph.Inputs);
        Write(text, macro, "output", graph.Outputs);
        if (!graph.Labels.IsEmpty)
        {
            text.Append("/* The names of the classes, UTF-8, in the order of the output. */\n");
            text.Append(CultureInfo.InvariantCulture, $"#define {macro}_LABEL_COUNT {graph.Labels.Length}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"#define {macro}_LABELS {{ {string.Join(", ", graph.Labels.Select(CText.Literal))} }}\n\n");
        }
    }

    private static void Write(StringBuilder text, string macro, string kind, IReadOnlyList<Tensor> tensors)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            Tensor tensor = tensors[i];
            string name = Name(kind, i, tensors.Count);
            string end = $"{macro}_{name.ToUpperInvariant()}";
            string codes = tensor.Quantization is null ? "" : "; real = (code - zero point) * scale";
            text.Append(CultureInfo.InvariantCulture, $"/* {name}: {CText.Comment(tensor.ToString())}{codes} */\n");
            text.Append(CultureInfo.InvariantCulture, $"#define {end}_LENGTH {tensor.ElementCount}\n");
            text.Append(CultureInfo.InvariantCulture, $"#define {end}_RANK {tensor.Shape.Length}\n");
            if (!tensor.Shape.IsEmpty)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"#define {end}_SHAPE {{ {string.Join(", ", tensor.Shape.Select(n => Invariant($"{n}")))} }}\n");
            }

            if (tensor.Quantization is { } quantization)
            {
                text.Append(CultureInfo.InvariantCulture, $"#define {end}_SCALE {CText.Number(quantization.Scale)}\n");
                text.Append(
                    CultureInfo.InvariantCulture, $"#define {end}_ZERO_POINT {CText.Number(quantization.ZeroPoint)}\n");
            }

            text.Append('\n');
        }
    }
}
