using TinyQuant.Packages.Tests.Support;

namespace TinyQuant.Packages.Tests;

/// <summary>Projects in languages for which the generator writes nothing.</summary>
public sealed class LanguageTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("app.fsproj", "F#")]
    [InlineData("app.vbproj", "Visual Basic")]
    public async Task TQ109_a_model_in_another_language(string name, string language)
    {
        _folder.Model("a.tflite");
        BareProject project = new BareProject(_folder, name).Write("""<TinyQuantModel Include="a.tflite" />""");
        Assert.Equal(
            [$"{name} : error TQ109: TinyQuantModel 'a.tflite' is in a project in {language}, and a model is "
                + "compiled into C# only; expected the model and its type in a C# class library, to which this "
                + "project refers"],
            await project.BuildAsync());
        Assert.Empty(project.Imported);
    }

    [Fact]
    public async Task TQ110_the_package_itself_in_another_language() => Assert.Equal(
        [
            "app.fsproj : warning TQ110: The package TinyQuant writes no code in a project in F#: [QuantizedModel] "
                + "has no effect; expected the model and its type in a C# class library, to which this project refers",
            "compiled:  of",
        ],
        await new BareProject(_folder, "app.fsproj").Write("""<PackageReference Include="TinyQuant" />""")
            .BuildAsync());

    [Theory]
    [InlineData("app.fsproj")]
    [InlineData("app.csproj")]
    public async Task Nothing_is_said_of_what_works(string name) => Assert.Equal(
        ["compiled:  of"],
        await new BareProject(_folder, name).Write(
            name == "app.csproj" ? """<PackageReference Include="TinyQuant" />""" : "").BuildAsync());
}
