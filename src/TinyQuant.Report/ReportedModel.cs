using System.Collections.Immutable;
using System.Security.Cryptography;
using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Generator.Inspection;
using TinyQuant.Model;

namespace TinyQuant.Report;

/// <summary>All that a page says of a model. What was not measured is null, and the page says so.</summary>
/// <param name="File">The file, as the page names it.</param>
/// <param name="FileBytes">Its size.</param>
/// <param name="Fingerprint">SHA-256 of it, in hexadecimal digits.</param>
/// <param name="Graph">The model.</param>
/// <param name="Inspected">What the generator makes of it.</param>
public sealed record ReportedModel(
    string File, long FileBytes, string Fingerprint, Graph Graph, InspectedModel Inspected)
{
    private static readonly string s_nameless = new Graph().Name;

    /// <summary>Where the time of a run goes.</summary>
    public MeasuredTimes? Times { get; init; }

    /// <summary>What quantization cost.</summary>
    public TwinErrors? Twin { get; init; }

    /// <summary>What it answered on labelled data.</summary>
    public MeasuredAnswers? Answers { get; init; }

    /// <summary>
    /// What the page is called: the model, or its file where the model has no name but that of all without one.
    /// </summary>
    public string Title => Graph.Name == s_nameless ? Path.ChangeExtension(File, null) : Graph.Name;

    /// <summary>The operator during which most of the arena is in use.</summary>
    public InspectedOperator Peak => Inspected.Operators.MaxBy(o => o.LiveBytes)!;

    /// <summary>The caller's input and output spans.</summary>
    public long CallerBytes => Graph.Inputs.Concat(Graph.Outputs).Sum(t => (long)t.ByteLength);

    /// <summary>Lowers a model as the compiler would.</summary>
    /// <param name="file">The file, as the page shall name it.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="text">The model in the form of a .tqm file.</param>
    /// <exception cref="InvalidDataException">The generator cannot take it; the message has a line for each
    /// error.</exception>
    public static ReportedModel Of(string file, ReadOnlySpan<byte> bytes, string text)
    {
        InspectedModel? inspected = ModelInspector.Inspect(text, out ImmutableArray<string> errors);
        return inspected is null || ModelReader.Read(text).Graph is not { } graph
            ? throw MessageLines.Of(message => new InvalidDataException(message),
                $"'{file}' is not a model that can be used:", errors.Select(e => $"{file}{e}"))
            : new ReportedModel(file, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), graph, inspected);
    }
}

/// <summary>Times, and what they were measured with.</summary>
/// <param name="Layers">The whole and each operator.</param>
/// <param name="Int8Unit">The unit of int8 products.</param>
/// <param name="Float32Unit">The unit of float32 products.</param>
/// <param name="Machine">Processor and runtime.</param>
public sealed record MeasuredTimes(LayerTimes Layers, string Int8Unit, string Float32Unit, string Machine);

/// <summary>Answers on labelled data.</summary>
/// <param name="DataSet">For example mnist/test.</param>
/// <param name="Confusion">How often each class was given each answer.</param>
public sealed record MeasuredAnswers(string DataSet, ConfusionMatrix Confusion);
