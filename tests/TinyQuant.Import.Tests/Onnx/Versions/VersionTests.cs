using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;

namespace TinyQuant.Import.Tests.Onnx.Versions;

/// <summary>Old forms of operators, and those that ONNX Runtime adds, in the newest form.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData(6, "its operators are of version 6 of ai.onnx; expected 7 to 27")]
    [InlineData(28, "its operators are of version 28 of ai.onnx; expected 7 to 27")]
    public void Versions_that_are_not_known_are_refused(int version, string said) => Assert.Contains(said, Front.Refuse(
        new OnnxFile().Input("x", OnnxType.Float32, 2).Node("Neg", "x", "y").Output("y").Build(version)),
        StringComparison.Ordinal);

    [Fact]
    public void Sets_beside_the_own_one_are_checked_where_they_are_used()
    {
        OnnxFile File(string op) => new OnnxFile().Input("x", OnnxType.Float32, 2, 3).Set("ai.onnx.ml", 9)
            .Node((op == "Neg" ? "" : "ai.onnx.ml", op), "x", "y").Output("y");

        Front.Read(File("Neg").Build());
        Assert.Contains("its operators are of version 9 of ai.onnx.ml; expected 1 to 5",
            Front.Refuse(File("Normalizer").Build()), StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_that_are_inputs_today_are_inputs()
    {
        Network network = Front.Read(SmallModels.OldForms());

        Node pad = network.Nodes.First(n => n.Is("Pad"));
        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1], pad.Required(1).Constant!.Integers.ToArray());
        Assert.Equal(1f, pad.Required(2).Constant!.SingleFloat);
        Node resize = network.Nodes.First(n => n.Is("Resize"));
        Assert.Null(resize.Input(1));
        Assert.Equal([1f, 1, 2, 2], resize.Required(2).Constant!.Floats.ToArray());
        Assert.Equal("asymmetric", resize.Attributes.String("coordinate_transformation_mode", ""));
        Assert.Equal("floor", resize.Attributes.String("nearest_mode", ""));
        Assert.Equal([1, 2, 10, 10], resize.Output.Shape.ToArray());
        Node clip = network.Nodes.First(n => n.Is("Clip"));
        Assert.Equal((0f, 6f), (clip.Required(1).Constant!.SingleFloat, clip.Required(2).Constant!.SingleFloat));
        Assert.Equal([1, 2, 4, 10], network.Nodes.First(n => n.Is("Slice")).Output.Shape.ToArray());
        Assert.Equal([1, 1, 4, 10], network.Nodes.First(n => n.Is("Split")).OutputAt(1)!.Shape.ToArray());
        Assert.Equal([1, 1], network.Outputs[0].Value.Shape.ToArray());
        Assert.All(network.Nodes, n => Assert.Equal(Network.NewestVersion, n.Version));
    }

    [Theory]
    [InlineData(1, 12, "Reshape Softmax Reshape", 1)]
    [InlineData(2, 12, "Softmax", 2)]
    [InlineData(0, 12, "Reshape Softmax Reshape", 1)]
    [InlineData(1, 13, "Softmax", 1)]
    public void An_old_softmax_goes_over_all_behind_its_axis(int axis, int version, string expected, int inner)
    {
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float32, 2, 3, 4)
            .Node("Softmax", "x", "y", ("axis", axis)).Output("y").Build(version));

        Assert.Equal(expected, string.Join(' ', network.Nodes.Select(n => n.Operator)));
        Assert.Equal(inner, network.Nodes.First(n => n.Is("Softmax")).Attributes.Int("axis", -9));
        Assert.Equal([2, 3, 4], network.Outputs[0].Value.Shape.ToArray());
    }

    [Fact]
    public void An_old_softmax_of_one_real_dimension_is_that_of_the_dimension()
    {
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float32, 1, 8, 1, 1)
            .Node("Softmax", "x", "y").Output("y").Build(version: 9));

        Assert.Equal(1, Assert.Single(network.Nodes).Attributes.Int("axis", -9));
    }

    [Theory]
    [InlineData("FusedConv", "x w b", "Conv Relu")]
    [InlineData("FusedConv", "x w b z", "Conv Add Relu")]
    [InlineData("FusedMatMul", "m n", "Transpose MatMul Mul")]
    [InlineData("BiasGelu", "m c", "Add Gelu")]
    [InlineData("QuickGelu", "m", "Swish")]
    [InlineData("NhwcMaxPool", "x", "Transpose MaxPool Transpose")]
    [InlineData("SimplifiedLayerNormalization", "m c", "RMSNormalization")]
    public void What_onnx_runtime_adds_is_what_onnx_has(string op, string inputs, string expected)
    {
        (string, object)[] attributes = op switch
        {
            "FusedConv" => [("activation", "Relu"), ("pads", new[] { 0, 0, 0, 0 })],
            "FusedMatMul" => [("transB", 1), ("alpha", 0.5f)],
            "NhwcMaxPool" => [("kernel_shape", new[] { 2, 2 })],
            _ => [],
        };
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float32, 1, 4, 4, 4)
            .Input("z", OnnxType.Float32, 1, 2, 4, 4).Input("m", OnnxType.Float32, 3, 5)
            .Input("n", OnnxType.Float32, 7, 5)
            .Floats("w", [2, 4, 1, 1], new float[8]).Floats("b", [2], 1, 2).Floats("c", [5], new float[5])
            .Set("com.microsoft", 1).Node(("com.microsoft", op), inputs, "y", attributes).Output("y").Build());

        Assert.Equal(expected, string.Join(' ', network.Nodes.Select(n => n.Operator)));
        Assert.All(network.Nodes, n => Assert.Equal("", n.Domain));
        Assert.Equal("y", network.Outputs[0].Value.Name);
    }

    [Fact]
    public void What_has_no_newest_form_is_refused()
    {
        Assert.Contains("attribute 'spatial' is 0, so that it has one scale for each element; expected 1", Front.Refuse(
            new OnnxFile().Input("x", OnnxType.Float32, 1, 2, 2).Floats("c", [2], 1, 1)
                .Node("BatchNormalization", "x c c c c", "y", ("spatial", 0)).Output("y").Build(version: 7)),
            StringComparison.Ordinal);
        Assert.Contains("it has an attribute 'axes', which is not known here", Front.Refuse(
            new OnnxFile().Input("x", OnnxType.Float32, 1, 2).Node("Squeeze", "x", "y", ("axes", new[] { 0 }))
                .Output("y").Build(version: 13)), StringComparison.Ordinal);
    }
}
