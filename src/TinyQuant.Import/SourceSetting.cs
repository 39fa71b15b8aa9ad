using System.Collections.Immutable;

namespace TinyQuant.Import;

/// <summary>
/// Something that a model of another format leaves open, as users say it: an option of the command line,
/// <c>--shape input=1x96x96x3</c>, and metadata of a project's item, <c>Shape="input=1x96x96x3"</c>.
/// </summary>
public sealed class SourceSetting
{
    private readonly Func<ImportOptions, string, ImportOptions?> _with;
    private readonly Func<ImportOptions, IEnumerable<string>> _texts;

    private SourceSetting(
        string option, string metadata, string value, string expected, string description,
        Func<ImportOptions, string, ImportOptions?> with, Func<ImportOptions, IEnumerable<string>> texts)
    {
        Option = option;
        Metadata = metadata;
        Value = value;
        Expected = expected;
        Description = description;
        _with = with;
        _texts = texts;
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SourceSetting> All { get; } =
    [
        new(
            "--shape", "Shape", "NAME=SIZExSIZE...", InputShape.Expected,
            "The shape of an input whose dimensions the file leaves open, such as input=1x96x96x3; once for each.",
            (o, t) => InputShape.TryParse(t, out InputShape? s) ? o with { Shapes = o.Shapes.Add(s!) } : null,
            o => o.Shapes.Select(s => s.ToString()))
        {
            IsList = true,
        },
        new(
            "--signature", "Signature", "NAME", "the name of a signature",
            "Which of a .tflite file's signatures is the model; without it its first subgraph, and the names of all "
                + "are shown.",
            (o, t) => o with { Signature = t }, o => o.Signature is null ? [] : [o.Signature])
        {
            Extensions = [TfliteImporter.Extension],
        },
        Onnx(
            "--dim", "Dim", "SYMBOL=SIZE", DimensionSize.Expected,
            "What a symbol stands for that the file has in the place of dimensions, such as batch=1; once for each.",
            (o, t) => DimensionSize.TryParse(t, out DimensionSize? d)
                ? o with { Dimensions = o.Dimensions.Add(d!) }
                : null,
            o => o.Dimensions.Select(d => d.ToString())),
        Onnx(
            "--constant", "Constant", "NAME=NUMBER,...", InputConstant.Expected,
            "An input that becomes a constant, such as sr=16000; once for each.",
            (o, t) => InputConstant.TryParse(t, out InputConstant? c)
                ? o with { Constants = o.Constants.Add(c!) }
                : null,
            o => o.Constants.Select(c => c.ToString())),
        Onnx(
            "--outputs", "Outputs", "NAME,...", "names of values with commas between them",
            "The values that are the model's outputs; what only others need goes.",
            (o, t) => t.Split(',') is var names && names.All(n => n.Length > 0)
                ? o with { Outputs = o.Outputs.AddRange(names) }
                : null,
            o => o.Outputs),
        Onnx(
            "--layout", "Layout", "nchw|nhwc", "nchw or nhwc",
            "How images lie at inputs and outputs: nchw, as in the file, without it; or nhwc, channels last.",
            (o, t) => t is "nchw" or "nhwc"
                ? o with { Layout = t == "nhwc" ? ImageLayout.Nhwc : ImageLayout.Nchw }
                : null,
            o => o.Layout == ImageLayout.Nhwc ? ["nhwc"] : [], isList: false),
        Onnx(
            "--input-layout", "InputLayout", "NAME=nchw|nhwc", ValueLayout.Expected,
            "How images lie at one input, such as image=nhwc; once for each.",
            (o, t) => ValueLayout.TryParse(t, out ValueLayout? l)
                ? o with { InputLayouts = o.InputLayouts.Add(l!) }
                : null,
            o => o.InputLayouts.Select(l => l.ToString())),
        Onnx(
            "--output-layout", "OutputLayout", "NAME=nchw|nhwc", ValueLayout.Expected,
            "How images lie at one output; once for each.",
            (o, t) => ValueLayout.TryParse(t, out ValueLayout? l)
                ? o with { OutputLayouts = o.OutputLayouts.Add(l!) }
                : null,
            o => o.OutputLayouts.Select(l => l.ToString())),
    ];

    /// <summary>The option of a command.</summary>
    public string Option { get; }

    /// <summary>The metadata of an item.</summary>
    public string Metadata { get; }

    /// <summary>What a value looks like, for help.</summary>
    public string Value { get; }

    /// <summary>What a value has to be, for messages.</summary>
    public string Expected { get; }

    /// <summary>What it says, for help.</summary>
    public string Description { get; }

    /// <summary>Whether it may be given several times; in metadata there are spaces between the values.</summary>
    public bool IsList { get; private init; }

    /// <summary>The extensions of the formats that have it.</summary>
    public ImmutableArray<string> Extensions { get; private init; } =
        [TfliteImporter.Extension, OnnxImporter.Extension];

    /// <summary>The values of a text that may have several, as metadata have them.</summary>
    /// <param name="text">Values with spaces between them, or one; empty for none.</param>
    public IReadOnlyList<string> Split(string text) => IsList
        ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : text.Length == 0 ? [] : [text];

    /// <summary>Options with a value of this; null where it is none.</summary>
    /// <param name="options">To add it to.</param>
    /// <param name="value">The text of one value.</param>
    public ImportOptions? With(ImportOptions options, string value) => _with(options, value);

    /// <summary>The values of this in options, each as <see cref="With"/> takes it.</summary>
    public IEnumerable<string> TextsOf(ImportOptions options) => _texts(options);

    private static SourceSetting Onnx(
        string option, string metadata, string value, string expected, string description,
        Func<ImportOptions, string, ImportOptions?> with, Func<ImportOptions, IEnumerable<string>> texts,
        bool isList = true) => new(option, metadata, value, expected, description, with, texts)
        {
            IsList = isList,
            Extensions = [OnnxImporter.Extension],
        };
}
