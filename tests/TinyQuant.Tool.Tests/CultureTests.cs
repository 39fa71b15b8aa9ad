using System.Globalization;
using System.Xml.Linq;
using TinyQuant.Export;
using TinyQuant.Generator.Inspection;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Report;
using TinyQuant.Report.Pages;
using TinyQuant.Tests;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Tests;

/// <summary>
/// The libraries in a process of the user's, with the user's culture: what they write is the same in each. The command
/// itself is a process that has the invariant one, as each sample is.
/// </summary>
public sealed class CultureTests
{
    public static TheoryData<string> Weights =>
        [.. Directory.EnumerateFiles(Repository.File("weights"), "*.tqm").Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Weights))]
    public void What_is_written_of_a_model_is_the_same(string file) =>
        AssertSame(() => Written(File.ReadAllText(Repository.File("weights", file))));

    [GoldenFact]
    public void What_is_imported_and_written_of_every_operator_is_the_same() =>
        Assert.All(GoldenFactAttribute.ModelFiles(), file =>
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (bytes.Length > 200_000)
        {
            return; // whole models: their operators have small ones of their own
        }

        AssertSame(() =>
        {
            ImportResult result = TfliteImporter.Import(bytes, new ImportOptions());
            return result.Graph is null
                ? [.. result.Errors.Select(e => e.ToString())]
                : Written(ModelWriter.Write(result.Graph));
        });
    });

    /// <summary>A cut-off file, a wrong byte at a time: hundreds of messages with numbers.</summary>
    [Fact]
    public void What_is_said_against_a_damaged_file_is_the_same()
    {
        byte[] whole = File.ReadAllBytes(Repository.File("tests", "Shared", "tiny.tflite"));
        string[] Of() =>
        [
            .. Enumerable.Range(0, whole.Length).SelectMany(i =>
            {
                byte[] damaged = [.. whole];
                damaged[i] ^= 0xff;
                return TfliteImporter.Import(damaged, new ImportOptions()).Errors.Select(e => e.ToString());
            }),
        ];
        string[] expected = Of();

        Assert.True(expected.Distinct().Count() > 20, $"{expected.Distinct().Count()} messages");
        Assert.All(Cultures.Some, culture => Assert.Equal(expected, Cultures.In(culture, Of)));
    }

    [Fact]
    public void A_number_on_the_command_line_has_a_point_in_every_culture() => AssertSame(() =>
    [
        .. ParseErrors.Of(CommandLine.Create().Parse(["train", "--learning-rate", "0,01"])),
        .. ParseErrors.Of(CommandLine.Create().Parse(["train", "--learning-rate", "0.25", "--epochs", "-1"])),
        CommandLine.Create().Parse(["train", "--learning-rate", "0.25"])
            .GetValue<float?>("--learning-rate")!.Value.ToString(
            "R", CultureInfo.InvariantCulture),
    ]);

    /// <summary>
    /// Programs have no culture but the invariant one: what they print is not looked at by the build.
    /// </summary>
    [Fact]
    public void Every_sample_is_invariant() => Assert.All(
        Directory.EnumerateFiles(Repository.File("samples"), "*.csproj", SearchOption.AllDirectories),
        file => Assert.Equal("true", Assert.Single(XDocument.Load(file).Descendants("InvariantGlobalization")).Value));

    private static void AssertSame(Func<string[]> write)
    {
        string[] expected = write();
        Assert.NotEmpty(expected);
        Assert.All(Cultures.Some, culture => Assert.Equal(expected, Cultures.In(culture, write)));
    }

    /// <summary>The model file, the header, ONNX, what inspect draws, and the page.</summary>
    private static string[] Written(string text)
    {
        Graph graph = ModelReader.Read(text).Graph!;
        InspectedModel? inspected = ModelInspector.Inspect(text, out var errors);
        if (inspected is null)
        {
            return [.. errors];
        }

        ExportResult onnx = OnnxExporter.Export(graph);
        return
        [
            ModelWriter.Write(graph), Header(graph, inspected), ArenaSvg.Write(inspected), ArenaDrawing.Draw(inspected),
            ModelPage.Write(ReportedModel.Of("model.tqm", [1, 2, 3], text)),
            .. onnx.Errors.Select(e => e.ToString()), onnx.File is null ? "" : Convert.ToHexString(onnx.File),
        ];
    }

    /// <summary>The functions of a header keep no state.</summary>
    private static string Header(Graph graph, InspectedModel inspected) =>
        graph.Tensors.Any(t => t.IsVariable) ? "" : CHeader.Write(graph, "model", inspected.InstanceBytes);
}
