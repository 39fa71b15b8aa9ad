using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;

namespace TinyQuant.Import.Tests.Onnx.Networks;

/// <summary>Graphs as networks: in order, each value written once, functions and branches in place.</summary>
public sealed class NetworkBuilderTests
{
    [Fact]
    public void Nodes_out_of_order_are_sorted()
    {
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float32, 2)
            .Node("Neg", "b", "y").Node("Exp", "a", "b").Node("Abs", "x", "a").Output("y").Build());

        Assert.Equal(["Abs", "Exp", "Neg"], network.Nodes.Select(n => n.Operator));
        Assert.Equal("y", network.Outputs[0].Name);
    }

    [Fact]
    public void A_circle_is_refused() => Assert.Contains(
        "operator 0 (Add 'Add_of_a'), tensor 'a' no type of unknown shape: it reads what is computed from its own "
            + "output",
        Front.Refuse(new OnnxFile().Input("x", OnnxType.Float32, 2)
            .Node("Add", "x b", "a").Node("Neg", "a", "b").Output("b").Build()), StringComparison.Ordinal);

    [Theory]
    [InlineData("a", "it writes 'a', which is an input, a constant, or written by another node")]
    [InlineData("x", "it writes 'x', which is an input, a constant, or written by another node")]
    public void A_value_that_is_written_twice_is_refused(string output, string said) => Assert.Contains(
        said, Front.Refuse(new OnnxFile().Input("x", OnnxType.Float32, 2)
            .Node("Neg", "x", "a").Node("Abs", "x", output).Output("a").Build()), StringComparison.Ordinal);

    [Fact]
    public void What_nothing_writes_is_refused()
    {
        OnnxFile File(string read, string output) => new OnnxFile().Input("x", OnnxType.Float32, 2)
            .Node("Neg", read, "a").Output(output);

        Assert.Contains("it reads 'z', which nothing writes", Front.Refuse(File("z", "a").Build()),
            StringComparison.Ordinal);
        Assert.Contains("its output 'z' is written by nothing", Front.Refuse(File("x", "z").Build()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_that_no_output_needs_are_gone_even_if_they_are_not_supported()
    {
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float32, 2)
            .Node("Neg", "x", "y").Node("NobodyKnows", "x", "z").Output("y").Build());

        Assert.Equal(["Neg"], network.Nodes.Select(n => n.Operator));
    }

    [Fact]
    public void Outputs_are_those_that_are_asked_for()
    {
        byte[] file = new OnnxFile().Input("x", OnnxType.Float32, 2)
            .Node("Neg", "x", "a").Node("NobodyKnows", "a", "y").Output("y").Build();

        Network network = Front.Read(file, new ImportOptions { Outputs = ["a"] });
        Assert.Equal(["a"], network.Outputs.Select(o => o.Name));
        Assert.Contains("it has no value 'b', which is asked for as an output; expected names of the file, whose "
            + "outputs are 'y'", Front.Refuse(file, new ImportOptions { Outputs = ["b"] }), StringComparison.Ordinal);
        Assert.Contains("NobodyKnows of ai.onnx is not supported", Front.Refuse(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_are_in_the_place_of_what_runs_them()
    {
        Network network = Front.Read(SmallModels.Functions());

        Assert.Equal(["LeakyRelu", "Neg", "LeakyRelu", "Neg"], network.Nodes.Select(n => n.Operator));
        Assert.All(
            network.Nodes.Where(n => n.Is("LeakyRelu")), n => Assert.Equal(0.25f, n.Attributes.Float("alpha", 0)));
        Assert.Equal([0, 0, 1, 1], network.Nodes.Select(n => n.Index));
    }

    [Fact]
    public void Functions_that_run_each_other_without_end_are_refused()
    {
        ProtoWriter Function(string name, string runs) => new ProtoWriter().Text(1, name).Text(10, "local")
            .Text(4, "i").Text(5, "o").Message(9, new ProtoWriter().Text(1, "local").Int(2, 1))
            .Message(7, OnnxFile.NodeOf("local", runs, "i", "o"));
        byte[] file = new OnnxFile().Input("x", OnnxType.Float32, 2).Node(("local", "A"), "x", "y")
            .Set("local", 1).Field(25, Function("A", "B")).Field(25, Function("B", "A")).Output("y").Build();

        Assert.Contains("functions run each other more than 16 deep", Front.Refuse(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_that_run_each_other_many_times_cost_no_more_than_is_allowed()
    {
        var file = new OnnxFile().Input("x", OnnxType.Float32, 2).Set("local", 1).Output("y")
            .Node(("local", "F0"), "x", "y");
        for (int depth = 0; depth < 12; depth++)
        {
            ProtoWriter function = new ProtoWriter().Text(1, $"F{depth}").Text(10, "local").Text(4, "i").Text(5, "o")
                .Message(9, new ProtoWriter().Text(1, "").Int(2, 17))
                .Message(9, new ProtoWriter().Text(1, "local").Int(2, 1));
            for (int i = 0; i < 8; i++)
            {
                function.Message(7, OnnxFile.NodeOf("local", $"F{depth + 1}", "i", i == 0 ? "o" : ""));
            }

            file.Field(25, function);
        }

        Assert.Contains("its functions run each other so often", Front.Refuse(file.Build()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_of_a_known_condition_is_in_the_place_of_the_choice()
    {
        Network network = Front.Read(SmallModels.ShapesOfShapes());

        // The sizes are known, so all that is left is what is done with elements.
        Assert.Equal(["Reshape", "Mul", "Slice", "Sub"], network.Nodes.Select(n => n.Operator));
        Assert.Equal([4, 6], network.Nodes.First().Output.Shape.ToArray());
    }

    [Fact]
    public void A_constant_that_old_files_have_as_an_input_is_none()
    {
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float32, 2).Input("c", OnnxType.Float32, 1)
            .Floats("c", [1], 4).Node("Add", "x c", "y").Output("y").Build());

        Assert.Equal(["x"], network.Inputs.Select(i => i.Name));
    }
}
