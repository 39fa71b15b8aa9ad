using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Tests.Onnx.Support;

/// <summary>Small files that together have what a file can have.</summary>
internal static class SmallModels
{
    public static byte[][] All => [Images(), ShapesOfShapes(), Codes(), Functions(), OldForms(), Sequence()];

    /// <summary>A convolution, a pool and a dense layer.</summary>
    public static byte[] Images() => new OnnxFile()
        .Input("x", OnnxType.Float32, "batch", 1, 8, 8)
        .Floats("w", [2, 1, 3, 3], [.. Enumerable.Range(0, 18).Select(i => i / 10f)])
        .Floats("b", [2], 1, 2)
        .Node("Conv", "x w b", "c", ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 }), ("group", 1))
        .Node("Relu", "c", "r")
        .Node("MaxPool", "r", "p", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }), ("ceil_mode", 1))
        .Node("Flatten", "p", "f", ("axis", 1))
        .Floats("d", [8, 3], new float[24])
        .Node("Gemm", "f d", "g", ("alpha", 0.5f), ("transB", 0))
        .Node("Softmax", "g", "y", ("axis", -1))
        .Output("y").Build();

    /// <summary>A shape that is computed, and a branch that is taken.</summary>
    public static byte[] ShapesOfShapes()
    {
        OnnxFile then = new OnnxFile().Node("Identity", "s", "t").Output("t", OnnxType.Int64);
        OnnxFile other = new OnnxFile().Longs("o", [1], 1).Node("Add", "s o", "u").Output("u", OnnxType.Int64);
        return new OnnxFile()
            .Input("x", OnnxType.Float32, 1, 4, 6)
            .Node("Shape", "x", "shape", ("start", 1))
            .Longs("zero", [1], 0).Longs("minus", [1], -1).Longs("two", [1], 2).Longs("one", [1], 1)
            .Node("Gather", "shape zero", "s", ("axis", 0))
            .Node("Greater", "s two", "isMany")
            .Node("Squeeze", "isMany", "condition")
            .Node("If", "condition", "size", ("then_branch", then), ("else_branch", other))
            .Node("Concat", "size minus", "target", ("axis", 0))
            .Node("Reshape", "x target", "r")
            .Node("Range", "z n o", "range").Longs("z", [], 0).Longs("n", [], 6).Longs("o", [], 1)
            .Node("Cast", "range", "reals", ("to", (int)OnnxType.Float32))
            .Node("Mul", "r reals", "m")
            .Node("Slice", "m zero two one one", "y")
            .Node("ConstantOfShape", "target2", "c").Longs("target2", [2], 4, 2)
            .Node("Sub", "y c", "z2")
            .Output("z2").Build();
    }

    /// <summary>Codes in all their forms.</summary>
    public static byte[] Codes() => new OnnxFile()
        .Input("x", OnnxType.Float32, 1, 4)
        .Floats("s", [], 0.1f).Bytes("z", OnnxType.Int8, [], 3).Floats("sw", [2], 0.1f, 0.2f)
        .Bytes("zw", OnnxType.Int8, [2], 0, 0)
        .Bytes("w", OnnxType.Int8, [4, 2], 1, 2, 3, 4, 5, 6, 7, 255)
        .Node("QuantizeLinear", "x s z", "q")
        .Node("DequantizeLinear", "q s z", "d")
        .Node("DequantizeLinear", "w sw zw", "dw", ("axis", 1))
        .Node("MatMul", "d dw", "m")
        .Node("QuantizeLinear", "m s z", "qm")
        .Node(("com.microsoft", "QLinearAdd"), "qm s z qm s z s z", "a")
        .Node("DequantizeLinear", "a s z", "y")
        .Set("com.microsoft", 1)
        .Output("y").Output("a", OnnxType.Int8).Build();

    /// <summary>A function that runs another one, with attributes.</summary>
    public static byte[] Functions()
    {
        ProtoWriter inner = Function("Inner", ["i"], ["o"], OnnxFile.NodeOf(
            "", "LeakyRelu", "i", "o", ("alpha", new OnnxFile.Reference("slope", OnnxAttributeKind.Float))))
            .Text(6, "slope");
        ProtoWriter outer = Function("Outer", ["i"], ["o"],
            OnnxFile.NodeOf("local", "Inner", "i", "t", ("slope", 0.25f)), OnnxFile.NodeOf("", "Neg", "t", "o"));
        return new OnnxFile()
            .Input("x", OnnxType.Float32, 1, 3)
            .Node(("local", "Outer"), "x", "a")
            .Node(("local", "Outer"), "a", "y")
            .Set("local", 1).Field(25, inner).Field(25, outer)
            .Output("y").Build();
    }

    /// <summary>Attributes that are inputs today.</summary>
    public static byte[] OldForms() => new OnnxFile()
        .Input("x", OnnxType.Float32, 1, 2, 3, 3)
        .Node("Pad", "x", "p", ("pads", new[] { 0, 0, 1, 1, 0, 0, 1, 1 }), ("value", 1f))
        .Node("Upsample", "p", "u", ("scales", new[] { 1f, 1f, 2f, 2f }), ("mode", "nearest"))
        .Node("Clip", "u", "c", ("min", 0f), ("max", 6f))
        .Node("Slice", "c", "s", ("starts", new[] { 0, 0 }), ("ends", new[] { 2, 4 }), ("axes", new[] { 1, 2 }))
        .Node("Split", "s", "a b", ("axis", 1), ("split", new[] { 1, 1 }))
        .Node("ReduceMean", "a", "m", ("axes", new[] { 2, 3 }), ("keepdims", 1))
        .Node("Squeeze", "m", "q", ("axes", new[] { 2, 3 }))
        .Node("Dropout", "q", "d", ("ratio", 0.5f))
        .Node("Softmax", "b", "n", ("axis", 1))
        .Output("d").Output("n").Build(version: 8);

    /// <summary>A recurrent layer, and gathered rows.</summary>
    public static byte[] Sequence() => new OnnxFile()
        .Input("x", OnnxType.Int64, 5, 1)
        .Floats("table", [4, 3], new float[12])
        .Node("Gather", "table x", "e")
        .Floats("w", [1, 8, 3], new float[24]).Floats("r", [1, 8, 2], new float[16])
        .Node("LSTM", "e w r", "h - c", ("hidden_size", 2), ("direction", "forward"))
        .Node("Transpose", "h", "t", ("perm", new[] { 2, 1, 0, 3 }))
        .Output("t").Output("c").Build();

    private static ProtoWriter Function(string name, string[] inputs, string[] outputs, params ProtoWriter[] nodes)
    {
        ProtoWriter function = new ProtoWriter().Text(1, name).Text(10, "local")
            .Message(9, new ProtoWriter().Text(1, "").Int(2, 17))
            .Message(9, new ProtoWriter().Text(1, "local").Int(2, 1));
        foreach (string input in inputs)
        {
            function.Text(4, input);
        }

        foreach (string output in outputs)
        {
            function.Text(5, output);
        }

        foreach (ProtoWriter node in nodes)
        {
            function.Message(7, node);
        }

        return function;
    }
}
