using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>The numbers of docs/limits.md are those of the code.</summary>
public partial class LimitTests
{
    private const string Data = "TinyQuant.Data.";

    private static readonly Dictionary<string, long[]> s_dataFiles = new()
    {
        ["a picture: PNG, JPEG, BMP, WebP, PGM"] = [
            Constant("tinyquant", "TinyQuant.Tool.Output.PictureFiles", "MaxPixels")],
        ["all pictures of one half of a data set"] = [
            Constant("TinyQuant.Data", Data + "PictureDirectory", "MaxBytes")],
        ["an IDX file, unpacked"] = [Constant("TinyQuant.Data", Data + "IdxHeader", "MaxContentLength")],
        ["a side of a picture in an IDX file"] = [Constant("TinyQuant.Data", Data + "IdxHeader", "MaxSide")],
        ["classes"] = [Constant("TinyQuant.Data", Data + "ClassList", "MaxClasses")],
        ["a line of a CSV file"] = [Constant("TinyQuant.Data", Data + "CsvData", "MaxLine"),
            Constant("TinyQuant.Data", Data + "CsvData", "MaxLongestLine")],
        ["values of a CSV file"] = [Constant("TinyQuant.Data", Data + "CsvValues", "MaxValues")],
        ["bytes of all layers of `layers.tsv`"] = [
            Constant("TinyQuant.Evaluation", "TinyQuant.Evaluation.Verification.RecordedLayer", "MostSharing")],
        ["what has no length: a pipe, a device"] = [
            Constant("TinyQuant.Data", "TinyQuant.Data.IO.WholeFile", "MaxWithoutLength")],
        ["a WAV file, in `samples/Keywords`"] = [1 << 30],
    };

    private static readonly Dictionary<string, long[]> s_modelFiles = new()
    {
        ["operators"] = [Model("Operators")],
        ["tensors, constants included"] = [Model("Tensors")],
        ["what one operator reads, or writes; inputs, or outputs, of the model"] = [Model("Operands")],
        ["dimensions of a tensor"] = [Model("Dimensions")],
        ["bytes of a tensor, and of an arena"] = [Model("TensorBytes")],
        ["characters of a tensor's name"] = [Model("NameLength")],
        ["errors that are listed of a `.tqm` file, and of a `.tflite` file"] =
            [Constant("TinyQuant.Model", "TinyQuant.Model.Format.ErrorList", "Max"),
                Constant("TinyQuant.Import", "TinyQuant.Import.ErrorCollection", "Most")],
        ["what a `.tflite` file may describe: its tensors may share data"] =
            [Constant("TinyQuant.Import", "TinyQuant.Import.Budget", "TimesLength"),
                Constant("TinyQuant.Import", "TinyQuant.Import.Budget", "Least")],
        ["code and constants that the compiler gets"] =
            [Generation("FreeMegabytes"), Generation("TimesConstants")],
        ["constants that are made, where operators share weights counted for each"] = [
            Generation("FreePackedMegabytes"), Generation("TimesPacked")],
        ["sums of two tensors that get the fastest form"] = [Generation("SearchedSums")],
    };

    [Fact]
    public void Model_files() => AssertTable("## Model files", s_modelFiles);

    [Fact]
    public void Data_files() => AssertTable("## Data files", s_dataFiles);

    [Fact]
    public void Other_readers_have_the_same_limits()
    {
        Assert.Equal(s_dataFiles["a picture: PNG, JPEG, BMP, WebP, PGM"][0],
            Constant("TinyQuant.Data", Data + "PgmReader", "MaxPixels"));
        Assert.Contains("MostBytes = 1 << 30", File.ReadAllText(Repository.File("samples", "Keywords", "SoundFile.cs")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_holds_a_promise_is_there()
    {
        HashSet<string> classes = [
            .. Directory.EnumerateFiles(Repository.File("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(p => Path.GetFileNameWithoutExtension(p))];
        string page = File.ReadAllText(Repository.File("SECURITY.md"));
        string[] named = [.. Code().Matches(page).Select(m => m.Groups[1].Value)];
        Assert.Contains(named, name => name.EndsWith("Tests", StringComparison.Ordinal));
        Nothing.IsIn(named.Where(name => name.EndsWith("Tests", StringComparison.Ordinal) && !classes.Contains(name)));
        Nothing.IsIn(
            named.Where(name =>
                name.StartsWith("scripts/", StringComparison.Ordinal) && !File.Exists(Repository.File(name))));
    }

    private static void AssertTable(string heading, Dictionary<string, long[]> expected)
    {
        string page = File.ReadAllText(Repository.File("docs", "limits.md"));
        string section = page[page.IndexOf(heading, StringComparison.Ordinal)..];
        section = section[
            ..(section.IndexOf("\n## ", StringComparison.Ordinal) is >= 0 and int end ? end : section.Length)];
        Dictionary<string, long[]> rows = section.Split('\n').Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|'))
            .ToDictionary(cells => cells[1].Trim(), cells => Number().Matches(cells[2])
                .Select(m => long.Parse(m.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToArray());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, row => Assert.Equal(row.Value, rows[row.Key]));
    }

    private static long Model(string name) => Constant("TinyQuant.Model", "TinyQuant.Model.ModelLimits", name);

    private static long Generation(string name) =>
        Constant("TinyQuant.Generator", "TinyQuant.Generator.GenerationBudget", name);

    private static long Constant(string assembly, string type, string name) =>
        Convert.ToInt64(
            Assembly.Load(assembly).GetType(type, throwOnError: true)!
                .GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
                    .GetRawConstantValue(),
            CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex Number();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();
}
