using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;

namespace TinyQuant.Import.Tests.Onnx.Inference;

/// <summary>What a file leaves open of its inputs, and what settles it.</summary>
public sealed class InputBindingTests
{
    [Fact]
    public void An_open_first_dimension_is_one_and_any_other_is_told_with_what_settles_it()
    {
        Assert.Equal([1, 3], Front.Read(File("batch", 3)).Inputs[0].Shape.ToArray());
        Assert.Equal([1, 3], Front.Read(File(0, 3)).Inputs[0].Shape.ToArray());
        Assert.Equal("sizes of inputs are open: 'x' [batch,time]; expected them by --dim time=SIZE",
            Front.Refuse(File("batch", "time")));
        Assert.Equal("sizes of inputs are open: 'x' [batch,?,3]; expected them by --shape x=1xSIZEx3",
            Front.Refuse(File("batch", 0, 3)));
    }

    [Fact]
    public void Symbols_and_shapes_are_bound_and_checked()
    {
        byte[] file = File("batch", "time");

        Assert.Equal([1, 7], Shape(file, new ImportOptions { Dimensions = [new("time", 7)] }));
        Assert.Equal([2, 7], Shape(file, new ImportOptions { Dimensions = [new("time", 7), new("batch", 2)] }));
        Assert.Equal([3, 9], Shape(file, new ImportOptions { Shapes = [new("x", [3, 9])] }));
        Assert.Contains("it has no dimension 'tine', whose size is given; expected 'batch' or 'time'",
            Front.Refuse(file, new ImportOptions { Dimensions = [new("tine", 7)] }), StringComparison.Ordinal);
        Assert.Contains("it has no input 'z', whose shape is given; expected 'x'",
            Front.Refuse(file, new ImportOptions { Shapes = [new("z", [3, 9])] }), StringComparison.Ordinal);
        Assert.Contains("its shape is given as x=3x9; the file has [2,9], of which other sizes are not open",
            Front.Refuse(File(2, 9), new ImportOptions { Shapes = [new("x", [3, 9])] }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_becomes_a_constant()
    {
        byte[] file = new OnnxFile().Input("x", OnnxType.Float32, 2).Input("n", OnnxType.Int64, 1)
            .Node("Reshape", "x n", "y").Output("y").Build();

        Network network = Front.Read(file, new ImportOptions { Constants = [new("n", [-1])] });
        Assert.Equal(["x"], network.Inputs.Select(i => i.Name));
        Assert.Contains("the shape, in 'n' int64 [1], is not known before the model runs; expected a constant; "
            + "an input becomes one by --constant n=...", Front.Refuse(file), StringComparison.Ordinal);
        Assert.Contains("its value is given as n=0.5; expected int64",
            Front.Refuse(file, new ImportOptions { Constants = [new("n", [0.5])] }), StringComparison.Ordinal);
        Assert.Contains("its value is given as 2 numbers; the file has [1]; expected as many, or one for all",
            Front.Refuse(file, new ImportOptions { Constants = [new("n", [1, 2])] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_of_text_are_left_out_unless_none_is_left_or_they_are_asked_for()
    {
        OnnxFile File() => new OnnxFile().Input("x", OnnxType.Float32, 2).Input("label", OnnxType.String, 1)
            .Node("Neg", "x", "y").Node("Identity", "label", "l").Output("l", OnnxType.String);
        byte[] both = File().Output("y").Build();

        Network network = Front.Read(both);
        Assert.Equal(["y"], network.Outputs.Select(o => o.Name));
        Assert.Equal(["x"], network.Inputs.Select(i => i.Name));
        Assert.Contains(network.Notes, n => n.StartsWith(
            "output 'l' is left out: tensor 'label' string: it is of string", StringComparison.Ordinal));
        Assert.Contains("it is of string", Front.Refuse(File().Build()), StringComparison.Ordinal);
        Assert.Contains("it is of string", Front.Refuse(both, new ImportOptions { Outputs = ["l", "y"] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Halves_are_float32_with_a_note()
    {
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float16, 2)
            .Bytes("h", OnnxType.Float16, [1], 0, 0x3e).Node("Add", "x h", "y").Output("y", OnnxType.Float16).Build());

        Assert.Equal(OnnxType.Float32, network.Inputs[0].Type);
        Assert.Equal(OnnxType.Float32, network.Outputs[0].Value.Type);
        Assert.Equal(1.5f, network.Nodes.First().Required(1).Constant!.SingleFloat);
        Assert.Contains("input 'x' is of float16 in the file and float32 here", network.Notes);
    }

    private static int[] Shape(byte[] file, ImportOptions options) => [.. Front.Read(file, options).Inputs[0].Shape];

    private static byte[] File(params object[] dimensions) => new OnnxFile().Input("x", OnnxType.Float32, dimensions)
        .Node("Neg", "x", "y").Output("y").Build();
}
