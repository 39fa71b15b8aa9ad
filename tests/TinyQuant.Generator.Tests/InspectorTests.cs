using System.Collections.Immutable;
using TinyQuant.Generator.Inspection;

namespace TinyQuant.Generator.Tests;

/// <summary>What <c>tinyquant inspect</c> shows is what the generator bakes.</summary>
public class InspectorTests
{
    [Fact]
    public void Shows_operators_costs_and_the_plan()
    {
        InspectedModel model = ModelInspector.Inspect(Samples.Branches, out ImmutableArray<string> errors)!;
        Assert.Empty(errors);
        Assert.Equal(("branches", "double", 36L, 36L), (model.Name, model.Rounding, model.Macs, model.WeightBytes));
        Assert.Equal([16L, 8L, 12L], model.Operators.Select(o => o.Macs));
        Assert.Equal(["x int8 [1,4]", "stem.weights int8 [4,4]"], model.Operators[0].Inputs.ToArray());
        Assert.Equal(model.BakedBytes, model.Operators.Sum(o => o.BakedBytes));
        Assert.Equal([new InspectedBuffer("hidden", "hidden", "activation", 0, 4, 0, 2)], model.Buffers.ToArray());
        Assert.Equal((8, 8), (model.ArenaBytes, model.ArenaLowerBound));
    }

    [Theory]
    [InlineData(Samples.Int8)]
    [InlineData(Samples.Float32)]
    [InlineData(Samples.Dynamic)]
    [InlineData(Samples.Branches)]
    public void Agrees_with_the_generated_constants(string text)
    {
        InspectedModel model = ModelInspector.Inspect(text, out _)!;
        string code = GeneratorRun.Of(Samples.Program(), ("tiny.tqm", text)).Source("App.Tiny.g.cs");
        Assert.Contains($"public const int ArenaBytes = {model.ArenaBytes};", code, StringComparison.Ordinal);
        Assert.Contains($"public const int BakedBytes = {model.BakedBytes};", code, StringComparison.Ordinal);
        Assert.All(model.Operators, o => Assert.InRange(o.LiveBytes, 0, model.ArenaBytes));
    }

    /// <summary>A stride that no window takes: what lies between windows costs no memory.</summary>
    [Fact]
    public void A_stride_larger_than_the_image_costs_nothing()
    {
        string weights = Convert.ToBase64String(new byte[64 * 104]);
        InspectedModel? model = ModelInspector.Inspect($"""
            tinyquant-model 1
            name far
            tensor x int8 [1,64,1,104] scale 0.1 zero 0
            tensor w int8 [1,64,1,104] scale 0.1 data
              {weights}
            tensor y int8 [1,1,1,1] scale 0.1 zero 0
            input x
            output y
            op Conv2D x w -> y stride=65536,65536

            """, out ImmutableArray<string> errors);
        Assert.Empty(errors);
        Assert.InRange(model!.ArenaBytes, 1, 6 * 64 * 104);
    }

    [Fact]
    public void Errors_have_positions()
    {
        Assert.Null(ModelInspector.Inspect("hello", out ImmutableArray<string> malformed));
        Assert.StartsWith("(1,1): ", Assert.Single(malformed), StringComparison.Ordinal);
        Assert.Null(ModelInspector.Inspect(Samples.DynamicWithZeroPoint, out ImmutableArray<string> unsupported));
        Assert.StartsWith(
            "(14,1): FullyConnected: weights", Assert.Single(unsupported), StringComparison.Ordinal);
    }
}
