using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TinyQuant.Build;
using TinyQuant.Model;
using TinyQuant.Packages.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Packages.Tests;

/// <summary>The tasks: what they write, and text, code and file of every error.</summary>
public sealed class ImportModelsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_a_model_file_with_name_and_rounding_of_the_item()
    {
        ITaskItem item = Item(_folder.Model("tiny.tflite"), ("Rounding", "float-even"), ("ModelName", "named"));
        Assert.Empty(Import(item));
        Graph graph = ModelReader.Read(File.ReadAllText(item.GetMetadata("ModelFile"))).Graph!;
        Assert.Equal(("named", Rounding.FloatEven), (graph.Name, graph.Rounding));
    }

    [Fact]
    public void Takes_the_files_name_and_the_reference_rounding_where_nothing_is_said()
    {
        ITaskItem item = Item(_folder.Model("ein Modell.tflite"));
        Assert.Empty(Import(item));
        Graph graph = ModelReader.Read(File.ReadAllText(item.GetMetadata("ModelFile"))).Graph!;
        Assert.Equal(("ein Modell", Rounding.Double), (graph.Name, graph.Rounding));
    }

    [Fact]
    public void TQ102_at_the_file_and_the_older_model_is_gone()
    {
        ITaskItem item = Item(_folder.Model("tiny.tflite"));
        Assert.Empty(Import(item));
        File.WriteAllText(item.ItemSpec, "not model");
        Assert.Equal(
            ["tiny.tflite TQ102: this is not a TensorFlow Lite model: its identifier is 'mode'; expected 'TFL3'"],
            Import(item));
        Assert.Empty(Directory.EnumerateFiles(_folder.File("obj")));
    }

    /// <summary>MSBuild runs in the user's culture.</summary>
    [Fact]
    public void Writes_and_says_the_same_in_every_culture()
    {
        File.WriteAllText(_folder.File("bad.tflite"), "not model");
        string model = _folder.Model("tiny.tflite");
        string[] Of(string culture)
        {
            ITaskItem item = Item(model, ("ModelFile", _folder.File($"obj/{culture}.tqm")));
            IReadOnlyList<string> said = Import(item, Item(_folder.File("bad.tflite"), ("Rounding", "İ")));
            return [File.ReadAllText(item.GetMetadata("ModelFile")), .. said];
        }

        string[] expected = Of("expected");

        Assert.Contains(" zero -", expected[0], StringComparison.Ordinal);
        Assert.All(Cultures.Some,
            culture => Assert.Equal(expected, Cultures.In(culture, () => Of("of" + culture.Name))));
    }

    [Fact]
    public void TQ102_does_not_keep_other_models_from_being_imported()
    {
        string bad = _folder.File("bad.tflite");
        File.WriteAllText(bad, "{0}");
        ITaskItem good = Item(_folder.Model("good.tflite"));
        Assert.Single(Import(Item(bad), good));
        Assert.True(File.Exists(good.GetMetadata("ModelFile")));
    }

    [Fact]
    public void Imports_again_what_another_importer_wrote_and_what_is_not_what_it_wrote()
    {
        ITaskItem item = Item(_folder.Model("tiny.tflite"));
        string output = item.GetMetadata("ModelFile");
        string record = output + ".source";
        Assert.Empty(Import(item));
        string right = File.ReadAllText(output);

        File.WriteAllText(output, right + "note kept");
        Assert.Empty(Import(item));
        Assert.Equal(right, File.ReadAllText(output));

        DateTime old = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(output, old);
        Assert.Empty(Import(item));
        Assert.Equal(old, File.GetLastWriteTimeUtc(output));

        File.WriteAllText(record, Regex.Replace(File.ReadAllText(record), "importer .*", "importer " + Guid.Empty));
        Assert.Empty(Import(item));
        Assert.NotEqual(old, File.GetLastWriteTimeUtc(output));
    }

    [Theory]
    [InlineData("missing.tflite", "",
        "app.csproj TQ101: TinyQuantModel 'missing.tflite' does not exist; expected a .tflite, .onnx or .tqm file, or no "
            + "such item")]
    [InlineData("missing.h5", "",
        "app.csproj TQ103: TinyQuantModel 'missing.h5' is no kind of file that can be built; expected .tflite, .onnx "
            + "or .tqm")]
    [InlineData("tiny.tflite", "batch=1",
        "app.csproj TQ103: TinyQuantModel 'tiny.tflite' has Dim; expected none, which is for .onnx files", "Dim")]
    [InlineData("tiny.onnx", "nhcw",
        "app.csproj TQ103: TinyQuantModel 'tiny.onnx' has Layout 'nhcw'; expected nchw or nhwc", "Layout")]
    [InlineData("x\n-analyzer:y/evil.dll\n-nowarn:1.tqm", "",
        @"app.csproj TQ103: TinyQuantModel 'x\u000a-analyzer:y/evil.dll\u000a-nowarn:1.tqm' has a control character in its path; expected none: rename the file or folder")]
    [InlineData("a\u001b[31m.tflite", "",
        @"app.csproj TQ103: TinyQuantModel 'a\u001b[31m.tflite' has a control character in its path; expected none: rename the file or folder")]
    [InlineData("tiny.tflite", "half",
        "app.csproj TQ103: TinyQuantModel 'tiny.tflite' has Rounding 'half'; expected double, single or float-even")]
    [InlineData("tiny.tqm", "double",
        "app.csproj TQ103: TinyQuantModel 'tiny.tqm' has Rounding or ModelName; expected neither, since a .tqm file "
            + "states its own")]
    [InlineData("tiny.tqm", "1x2",
        "app.csproj TQ103: TinyQuantModel 'tiny.tqm' has Shape; expected none, since a .tqm file states its own",
        "Shape")]
    [InlineData("tiny.tqm", "encode",
        "app.csproj TQ103: TinyQuantModel 'tiny.tqm' has Signature; expected none, since a .tqm file states its own",
        "Signature")]
    public void Wrong_items_are_errors_at_the_project(
        string file, string value, string expected, string metadata = "Rounding")
    {
        _folder.Model("tiny.tflite");
        _folder.Model("tiny.tqm");
        _folder.Model("tiny.onnx");
        var engine = new RecordingEngine();
        string[] errors = [
            .. Run(new CheckModels { BuildEngine = engine, Project = "app.csproj",
                Models = [Item(_folder.File(file), (metadata, value))] }, engine)
            .Select(e => e.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
        Assert.Equal([expected], errors);
    }

    /// <summary>In the log each is one line, which no build server obeys.</summary>
    [Fact]
    public void Names_of_strangers_in_items_are_shown()
    {
        string model = _folder.Model("tiny.tflite");
        foreach (string name in HostileNames.Payloads.Concat(HostileNames.Random())
            .Select(n => n.Replace("\0", "", StringComparison.Ordinal)))
        {
            var engine = new RecordingEngine();
            ITaskItem[] items = [Item($"{name}.tflite"), Item($"{name}.x"), Item(model, ("Rounding", name + "!")),
                Item($"{name}/{new string('y', 300)}.tflite")];
            Assert.False(
                new CheckModels { BuildEngine = engine, Project = $"/{name}.csproj", Models = items }.Execute());
            Assert.False(new ImportModels { BuildEngine = engine, Models = items[..1] }.Execute());
            Assert.False(
                new RefuseModels
                {
                    BuildEngine = engine,
                    Project = $"/{name}.csproj",
                    Models = items[..1],
                    Language = "F#",
                    Remedy = "expected C#"
                }.Execute());

            Assert.Equal(6, engine.Errors.Count);
            Assert.All(engine.Errors, e => Assert.Empty(HostileNames.Unseen(e, "")));
            // a path that is whole stands before it
            Assert.All(engine.Errors, e => Assert.Empty(HostileNames.Commands("/" + e)));
        }
    }

    /// <summary>Models under another item, and any other file where its path would end a line.</summary>
    [Theory]
    [InlineData("x\n-analyzer:y/evil.dll\n-nowarn:1.tqm", @"x\u000a-analyzer:y/evil.dll\u000a-nowarn:1.tqm")]
    [InlineData("a\u001b[31m.tqm", @"a\u001b[31m.tqm")]
    [InlineData("a\t.TFLITE", @"a\u0009.TFLITE")]
    [InlineData("x\u2028dotnet_diagnostic.CS0219.severity = none\u2029/a.tqm",
        @"x\u2028dotnet_diagnostic.CS0219.severity = none\u2029/a.tqm")]
    [InlineData("x\r-nowarn:1.txt", @"x\u000d-nowarn:1.txt")]
    [InlineData("x\u0085is_global = true.txt", @"x\u0085is_global = true.txt")]
    [InlineData("x\u2028is_global = true.txt", @"x\u2028is_global = true.txt")]
    public void Additional_files_whose_path_would_be_options_are_errors(string file, string shown) => Assert.Equal(
        [$"app.csproj TQ103: AdditionalFiles '{shown}' has a control character in its path; expected none: rename "
            + "the file or folder"], Additional(
            file));

    [Theory]
    [InlineData("plain.tqm")]
    [InlineData("проект [1] {a,b}/O'Brien (x) $(y) @z &;#!.tqm")]
    [InlineData("p%0aq\"%20.tqm")]
    [InlineData("a\tb.txt")] // another's, which the compiler takes
    public void Additional_files_that_can_be_handed_on_say_nothing(string file) => Assert.Empty(Additional(file));

    [Fact]
    public void A_model_that_is_an_additional_file_too_is_told_once()
    {
        var engine = new RecordingEngine();
        TaskItem item = Item("a\nb.tqm");
        Assert.Single(
            Run(new CheckModels
            {
                BuildEngine = engine,
                Project = "app.csproj",
                Models = [item],
                AdditionalFiles = [new TaskItem(item)]
            }, engine));
    }

    [Fact]
    public void Right_items_say_nothing()
    {
        var engine = new RecordingEngine();
        Assert.Empty(
            Run(new CheckModels
            {
                BuildEngine = engine,
                Project = "app.csproj",
                Models = [Item(_folder.Model("a.TFLITE"), ("Rounding", "single")), Item(_folder.Model("b.tqm"))]
            },
                engine));
    }

    private static List<string> Additional(string file)
    {
        var engine = new RecordingEngine();
        return Run(new CheckModels
        {
            BuildEngine = engine,
            Project = "app.csproj",
            AdditionalFiles = [new TaskItem(file.Replace("%", "%25", StringComparison.Ordinal))]
        }, engine);
    }

    private static List<string> Import(params ITaskItem[] models)
    {
        var engine = new RecordingEngine();
        return Run(new ImportModels { BuildEngine = engine, Models = models }, engine);
    }

    private static List<string> Run(ITask task, RecordingEngine engine)
    {
        Assert.Equal(task.Execute(), engine.Errors.Count == 0);
        return engine.Errors;
    }

    private TaskItem Item(string path, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(path);
        item.SetMetadata("ModelFile", _folder.File("obj/" + Path.GetFileNameWithoutExtension(path) + ".tqm"));
        foreach ((string name, string value) in metadata)
        {
            item.SetMetadata(name, value);
        }

        return item;
    }
}
