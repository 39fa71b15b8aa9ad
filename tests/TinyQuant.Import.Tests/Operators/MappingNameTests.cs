using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>All operators that are mapped: each has a test, and the name that TensorFlow Lite gives it.</summary>
public sealed class MappingNameTests : MappingTest
{
    [Fact]
    public void Every_mapping_has_a_test_here_or_beside()
    {
        string tests = Path.Combine(Path.GetDirectoryName(SourcePath())!, "..");
        string source = string.Concat(
            Directory.GetFiles(Path.Combine(tests, "Operators"), "*.cs")
                .Append(Path.Combine(tests, "State", "ResourceVariableTests.cs")).Select(File.ReadAllText));
        Assert.All(OperatorMappings.Supported.Where(o => !IsUnary(o)),
            o => Assert.Contains($"BuiltinOperator.{o}", source, StringComparison.Ordinal));

        static string SourcePath([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
    }

    /// <summary>
    /// An operator has the name that TensorFlow Lite gives it, in another case; those of one tensor have nothing else.
    /// </summary>
    [Fact]
    public void Names_are_those_of_TensorFlow_Lite()
    {
        Assert.All(OperatorMappings.Supported, o => Assert.Single(OperatorRegistry.Kinds, k => IsNamed(k, o)));
        Assert.All(OperatorMappings.Supported.Where(IsUnary), o => Assert.Equal(
            $"{OperatorRegistry.Kinds.Single(k => IsNamed(k, o))} x -> y",
            Mapped.Last(With(o, [Model.Int8("x", 2)], Model.Int8("y", 2), type: 0, options: []))));
    }

    private static bool IsNamed(string kind, BuiltinOperator code) =>
        kind.Equals(code.ToString().Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is made of two tensors and nothing else.</summary>
    private static bool IsUnary(BuiltinOperator code) => typeof(UnaryOperator).Assembly.GetTypes()
        .Single(t => t.IsSubclassOf(typeof(Operator)) && IsNamed(t.Name, code)) is var type
        && type.IsSubclassOf(typeof(UnaryOperator))
        && type.GetConstructor([typeof(Tensor), typeof(Tensor), typeof(int)]) is not null;
}
