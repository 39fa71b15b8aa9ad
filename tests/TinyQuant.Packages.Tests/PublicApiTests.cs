using System.Reflection;
using PublicApiGenerator;
using Snapshooter.Xunit;

namespace TinyQuant.Packages.Tests;

/// <summary>The public API of each library that is published, as a checked-in text: a change of it is a decision.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData(typeof(QuantizedModelAttribute))]
    [InlineData(typeof(Audio.MfccStream))]
    [InlineData(typeof(Model.Graph))]
    [InlineData(typeof(Data.DataSet))]
    [InlineData(typeof(Training.Trainer))]
    [InlineData(typeof(Evaluation.GraphRunner))]
    public void Is_as_written_down(Type type)
    {
        Assembly assembly = type.Assembly;
        string text = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        Snapshot.Match(text.ReplaceLineEndings("\n"), "Api_" + assembly.GetName().Name);
    }
}
