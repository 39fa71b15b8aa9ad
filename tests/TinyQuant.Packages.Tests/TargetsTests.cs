using TinyQuant.Packages.Tests.Support;

namespace TinyQuant.Packages.Tests;

/// <summary>The targets: what is built again, and what is not.</summary>
public sealed class TargetsTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly BareProject _project;

    public TargetsTests() => _project = new BareProject(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_model_is_imported_once_and_only_the_replaced_one_again()
    {
        string first = _folder.Model("models/a.tflite");
        _folder.Model("other/a.tflite");
        _folder.Model("written.tqm");
        _project.Write("""<TinyQuantModel Include="models/a.tflite;other/a.tflite;written.tqm" />""");
        string[] compiled = ["compiled: a.tqm of a.tflite", "compiled: written.tqm of"];

        Assert.Equal(
            [.. compiled, "imported: models/a.tflite", "imported: other/a.tflite"], await _project.BuildAsync());
        Assert.Empty(await _project.BuildAsync());
        File.SetLastWriteTimeUtc(first, DateTime.UtcNow.AddMinutes(1));
        Assert.Empty(await _project.BuildAsync());
        _folder.Replace(first);
        Assert.Equal([.. compiled, "imported: models/a.tflite"], await _project.BuildAsync());
        Assert.Empty(await _project.BuildAsync());
    }

    [Fact]
    public async Task A_text_that_is_replaced_by_an_older_one_is_compiled()
    {
        _folder.Text("a.tqm", "one");
        _folder.Text("b.tqm", "two");
        _project.Write("""<TinyQuantModel Include="a.tqm" /><AdditionalFiles Include="b.tqm" />""");
        string[] compiled = ["compiled: a.tqm of", "compiled: b.tqm of"];

        Assert.Equal(compiled, await _project.BuildAsync());
        Assert.Empty(await _project.BuildAsync());
        foreach (string name in new[] { "a.tqm", "b.tqm" })
        {
            _folder.Text(name, "six");
            Assert.Equal(compiled, await _project.BuildAsync());
            Assert.Empty(await _project.BuildAsync());
        }
    }

    [Fact]
    public async Task A_text_that_comes_or_goes_is_compiled()
    {
        string first = _folder.Text("models/a.tqm", "one");
        _project.Write("""<TinyQuantModel Include="models/*.tqm" />""");

        Assert.Equal(["compiled: a.tqm of"], await _project.BuildAsync());
        string second = _folder.Text("models/b.tqm", "two");
        Assert.Equal(["compiled: a.tqm of", "compiled: b.tqm of"], await _project.BuildAsync());
        File.Delete(first);
        Assert.Equal(["compiled: b.tqm of"], await _project.BuildAsync());
        File.Move(second, first);
        Assert.Equal(["compiled: a.tqm of"], await _project.BuildAsync());
        File.Delete(first);
        Assert.Equal(["compiled:  of"], await _project.BuildAsync());
        Assert.Empty(await _project.BuildAsync());
    }

    /// <summary>As strangers' folders hold them: found by a pattern, and told before anything is handed on.</summary>
    [Theory]
    [InlineData("x\n-analyzer:../models/evil.dll\n-nowarn:1.tqm",
        @"x\u000a-analyzer:../models/evil.dll\u000a-nowarn:1.tqm")]
    [InlineData("x\u2028dotnet_diagnostic.CS0219.severity = none\u2028y/m.tqm",
        @"x\u2028dotnet_diagnostic.CS0219.severity = none\u2028y/m.tqm")]
    public async Task A_path_that_would_be_options_stops_the_build(string name, string shown)
    {
        _folder.Text(name, "one");
        _project.Write("""<AdditionalFiles Include="**/*.tqm" />""");

        Assert.Equal(
            [$"app.proj : error TQ103: AdditionalFiles '{shown}' has a control character in its path; expected "
                + "none: rename the file or folder"], await _project.BuildAsync());
    }

    [Fact]
    public async Task Names_of_files_that_are_not_options_are_handed_on_as_they_are()
    {
        foreach (string name in new[] { "p%0a-nowarn:1%0a.tqm", "a;b,c.tqm", "O'Brien $(x) @(y) #.tqm" })
        {
            _folder.Text(name, "one");
        }

        _project.Write("""<AdditionalFiles Include="**/*.tqm" />""");

        Assert.Equal(
            ["compiled: O'Brien $(x) @(y) #.tqm of", "compiled: a;b,c.tqm of", "compiled: p%0a-nowarn:1%0a.tqm of"],
            await _project.BuildAsync());
    }

    /// <summary>The compiler reads metadata from a file in which a value ends at # or ;.</summary>
    [Theory]
    [InlineData("C#/a;b.tflite")]
    [InlineData("p%20q/100% #.tflite")]
    [InlineData("проект [1] {a,b}/O'Brien (x) $(y) @z &.tflite")]
    public async Task The_compiler_is_told_the_source_whatever_is_in_its_path(string name)
    {
        string model = _folder.Model(name);
        _project.Write("""<TinyQuantModel Include="**/*.tflite" />""");

        string told = Assert.Single(await _project.MetadataAsync("AdditionalFiles", "TinyQuantSource64"));
        Assert.Equal(model, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(told)));
        Assert.Matches("^[A-Za-z0-9+/=]+$", told);
        await _project.BuildAsync();
        Assert.Equal(
            Path.ChangeExtension(Path.GetFileName(name), ".tqm"), Path.GetFileName(Assert.Single(_project.Imported)));
    }

    [Fact]
    public async Task Other_metadata_make_another_file()
    {
        _folder.Model("a.tflite");
        _project.Write("""<TinyQuantModel Include="a.tflite" />""");
        Assert.Contains("imported: a.tflite", await _project.BuildAsync());
        _project.Write("""<TinyQuantModel Include="a.tflite" Rounding="single" />""");
        Assert.Contains("imported: a.tflite", await _project.BuildAsync());
        Assert.Contains(
            _project.Imported, file => File.ReadAllText(file).Contains("rounding single", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_model_is_one_error_and_nothing_is_compiled()
    {
        string model = _folder.Model("a.tflite");
        _project.Write("""<TinyQuantModel Include="a.tflite" />""");
        await _project.BuildAsync();
        File.Delete(model);
        Assert.Equal(
            ["app.proj : error TQ101: TinyQuantModel 'a.tflite' does not exist; expected a .tflite, .onnx or .tqm file, or "
                + "no such item"],
            await _project.BuildAsync());
    }

    [Fact]
    public async Task A_damaged_model_is_an_error_at_its_file_and_nothing_is_compiled()
    {
        await File.WriteAllTextAsync(_folder.File("a.tflite"), "not model");
        _project.Write("""<TinyQuantModel Include="a.tflite" />""");
        Assert.Equal(
            ["a.tflite : error TQ102: this is not a TensorFlow Lite model: its identifier is 'mode'; expected 'TFL3'"],
            await _project.BuildAsync());
    }

    [Fact]
    public async Task A_project_without_models_loads_no_task() =>
        Assert.Equal(["compiled:  of"],
            await _project.Write(properties: "<TinyQuantTaskAssembly>none.dll</TinyQuantTaskAssembly>").BuildAsync());
}
