using System.Reflection;
using PublicApiGenerator;
using Snapshooter.Xunit;
using TinyQuant.Model;

namespace TinyQuant.Packages.Tests;

/// <summary>
/// The public API of each library that is published, as a checked-in text: a change of it is a decision. What is
/// declared elsewhere as a list is not listed again: the operators, by their registry, and the kernels, which generated
/// code of the same package calls.
/// </summary>
public class PublicApiTests
{
    [Theory]
    [InlineData(typeof(QuantizedModelAttribute))]
    [InlineData(typeof(Audio.MfccStream))]
    [InlineData(typeof(Graph))]
    [InlineData(typeof(Data.DataSet))]
    [InlineData(typeof(Training.Trainer))]
    [InlineData(typeof(Evaluation.GraphRunner))]
    public void Is_as_written_down(Type type)
    {
        Assembly assembly = type.Assembly;
        string text = assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            IncludeTypes = [.. assembly.GetExportedTypes().Where(t => !IsOperator(t) && !IsKernel(t))],
        });
        Snapshot.Match(text.ReplaceLineEndings("\n"), "Api_" + assembly.GetName().Name);
    }

    [Fact]
    public void Operators_are_those_of_the_registry()
    {
        Assert.Equal(
            OperatorRegistry.Kinds,
            typeof(Operator).Assembly.GetExportedTypes().Where(IsOperator).Select(t => t.Name)
                .Order(StringComparer.Ordinal));
        Assert.All(typeof(Operator).Assembly.GetExportedTypes().Where(IsOperator),
            t => Assert.Single(t.GetConstructors()));
    }

    private static bool IsOperator(Type type) => type.IsSealed && type.IsSubclassOf(typeof(Operator));

    private static bool IsKernel(Type type) => type.Namespace == "TinyQuant.Kernels";
}
