using System.Globalization;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Import;

/// <summary>Why a file was not imported.</summary>
/// <param name="Message">What is wrong, and what was expected.</param>
public sealed record ImportError(string Message)
{
    /// <summary>The operator's index in the file; null for what is wrong with the whole file.</summary>
    public int? OperatorIndex { get; init; }

    /// <summary>The operator's name in TensorFlow Lite, or its custom code; or in ONNX.</summary>
    public string? OperatorName { get; init; }

    /// <summary>The name of the operator's node in ONNX; null where it has none.</summary>
    public string? Node { get; init; }

    /// <summary>The tensor's name: the one that is wrong, or the operator's first output.</summary>
    public string? Tensor { get; init; }

    /// <summary>The tensor's type and shape, as in <c>float16 [1,2]</c>.</summary>
    public string? Shape { get; init; }

    /// <summary>How many more there are of the same cause, about other tensors.</summary>
    public int More { get; init; }

    /// <summary>
    /// A line, as it can be printed: <c>operator 3 (GATHER), tensor 'y' int8 [1,2]: it is not supported</c>.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (OperatorIndex is { } index)
        {
            string node = Node is null ? "" : $" '{Node}'";
            text.Append(CultureInfo.InvariantCulture, $"operator {index} ({OperatorName}{node})");
        }

        if (Tensor is not null)
        {
            text.Append(text.Length > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"tensor '{Tensor}' {Shape}");
        }

        text.Append(text.Length > 0 ? ": " : "").Append(Message);
        return Printable.Text(More == 0
            ? text.ToString()
            : text.Append(CultureInfo.InvariantCulture, $" (and {More} more of the kind)").ToString());
    }
}
