using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Onnx.Tests.Support;

/// <summary>Files of one operator or few, for each form that an operator has.</summary>
internal static class Cases
{
    /// <summary>Made anew: each file is finished once.</summary>
    public static IEnumerable<OnnxCase> All() =>
        [.. Convolutions(), .. Pools(), .. Dense(), .. Elements(), .. Movements(), .. Reductions(), .. Networks()];

    private static IEnumerable<OnnxCase> Convolutions()
    {
        OnnxCase Conv(string name, int[] x, int[] w, params (string, object)[] attributes) => new OnnxCase(name)
            .Input("x", x).Weights("w", w).Weights("b", [w[0]]).Node("Conv", "x w b", "y", attributes);
        yield return Conv("conv", [1, 3, 7, 6], [5, 3, 3, 3]);
        yield return Conv("conv same", [1, 3, 7, 6], [5, 3, 3, 3], ("pads", new[] { 1, 1, 1, 1 }));
        yield return Conv("conv pads of pytorch", [1, 3, 8, 8], [5, 3, 3, 3],
            ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 }));
        yield return Conv("conv uneven pads", [1, 3, 7, 6], [5, 3, 3, 2], ("pads", new[] { 0, 2, 1, 0 }));
        yield return Conv("conv same upper", [1, 3, 8, 5], [5, 3, 3, 2],
            ("auto_pad", "SAME_UPPER"), ("strides", new[] { 2, 2 }));
        yield return Conv("conv same lower", [1, 3, 8, 5], [5, 3, 3, 2],
            ("auto_pad", "SAME_LOWER"), ("strides", new[] { 2, 2 }));
        yield return Conv("conv dilations", [1, 3, 9, 9], [5, 3, 3, 3],
            ("dilations", new[] { 2, 3 }), ("pads", new[] { 2, 3, 2, 3 }));
        yield return Conv("conv groups", [1, 6, 7, 6], [4, 3, 3, 3], ("group", 2));
        yield return Conv("conv depthwise", [1, 6, 7, 6], [6, 1, 3, 3], ("group", 6));
        yield return Conv("conv depthwise of two", [1, 3, 7, 6], [6, 1, 3, 3], ("group", 3),
            ("pads", new[] { 1, 1, 1, 1 }));
        yield return Conv("conv of rows", [2, 3, 12], [5, 3, 4], ("pads", new[] { 3, 0 }));
        yield return Conv("conv of rows, strides", [1, 3, 12], [5, 3, 4], ("strides", new[] { 2 }));
        yield return Conv("conv batches", [3, 2, 5, 5], [4, 2, 3, 3]);
        yield return new OnnxCase("conv no bias").Input("x", 1, 3, 5, 5).Weights("w", [4, 3, 1, 1])
            .Node("Conv", "x w", "y");
        yield return new OnnxCase("conv transposed").Input("x", 1, 3, 4, 5).Weights("w", [3, 2, 3, 3])
            .Weights("b", [2]).Node("ConvTranspose", "x w b", "y", ("strides", new[] { 2, 2 }));
        yield return new OnnxCase("conv transposed pads").Input("x", 1, 3, 4, 5).Weights("w", [3, 2, 3, 3])
            .Node("ConvTranspose", "x w", "y", ("strides", new[] { 2, 2 }), ("pads", new[] { 1, 1, 1, 1 }),
                ("output_padding", new[] { 1, 1 }));
        yield return new OnnxCase("conv transposed padding behind").Input("x", 1, 3, 4, 5).Weights("w", [3, 2, 2, 2])
            .Weights("b", [2]).Node("ConvTranspose", "x w b", "y", ("strides", new[] { 3, 3 }),
                ("output_padding", new[] { 2, 2 }));
        yield return new OnnxCase("conv transposed of rows").Input("x", 1, 3, 6).Weights("w", [3, 2, 4])
            .Node("ConvTranspose", "x w", "y", ("strides", new[] { 2 }), ("pads", new[] { 1, 1 }));
        yield return new OnnxCase("conv and batch normalization").Input("x", 1, 3, 5, 5).Weights("w", [4, 3, 3, 3])
            .Weights("s", [4]).Weights("t", [4]).Weights("m", [4]).Weights("v", [4], isPositive: true)
            .Node("Conv", "x w", "c").Node("BatchNormalization", "c s t m v", "n").Node("Relu", "n", "y");
        yield return new OnnxCase("batch normalization").Input("x", 1, 4, 5, 5)
            .Weights("s", [4]).Weights("t", [4]).Weights("m", [4]).Weights("v", [4], isPositive: true)
            .Node("BatchNormalization", "x s t m v", "y");
        yield return new OnnxCase("conv scaled").Input("x", 1, 3, 5, 5).Weights("w", [4, 3, 3, 3])
            .Weights("s", [1, 4, 1, 1]).Weights("t", [4, 1, 1])
            .Node("Conv", "x w", "c").Node("Mul", "c s", "d").Node("Add", "d t", "y");
    }

    private static IEnumerable<OnnxCase> Pools()
    {
        OnnxCase Pool(string name, string op, int[] x, params (string, object)[] attributes) =>
            new OnnxCase(name).Input("x", x).Node(op, "x", "y", attributes);
        int[] two = [2, 2], three = [3, 3];
        foreach (string op in new[] { "MaxPool", "AveragePool" })
        {
            yield return Pool($"{op}", op, [1, 3, 6, 8], ("kernel_shape", two), ("strides", two));
            yield return Pool($"{op} pads", op, [1, 3, 7, 6], ("kernel_shape", three), ("pads", new[] { 1, 1, 1, 1 }));
            yield return Pool($"{op} uneven pads", op, [1, 3, 8, 8], ("kernel_shape", three), ("strides", two),
                ("pads", new[] { 1, 1, 1, 1 }));
            yield return Pool($"{op} other pads", op, [1, 3, 7, 6], ("kernel_shape", three),
                ("pads", new[] { 0, 2, 1, 0 }));
            yield return Pool($"{op} ceiling", op, [1, 3, 7, 6], ("kernel_shape", two), ("strides", two),
                ("ceil_mode", 1));
            yield return Pool($"{op} same lower", op, [1, 3, 7, 6], ("kernel_shape", three), ("strides", two),
                ("auto_pad", "SAME_LOWER"));
            yield return Pool($"{op} of rows", op, [1, 3, 9], ("kernel_shape", new[] { 3 }), ("strides", new[] { 2 }));
        }

        yield return Pool("AveragePool counts padding", "AveragePool", [1, 3, 7, 6], ("kernel_shape", three),
            ("pads", new[] { 1, 1, 1, 1 }), ("count_include_pad", 1));
        yield return Pool("AveragePool counts uneven padding", "AveragePool", [1, 3, 8, 8], ("kernel_shape", three),
            ("pads", new[] { 1, 1, 1, 1 }), ("strides", two), ("count_include_pad", 1));
        yield return Pool("GlobalAveragePool", "GlobalAveragePool", [2, 3, 7, 6]);
        yield return Pool("GlobalMaxPool", "GlobalMaxPool", [2, 3, 7, 6]);
    }

    private static IEnumerable<OnnxCase> Dense()
    {
        OnnxCase Gemm(string name, int[] x, int[] w, int[]? c, params (string, object)[] attributes)
        {
            OnnxCase made = new OnnxCase(name).Input("x", x).Weights("w", w);
            return c is null
                ? made.Node("Gemm", "x w", "y", attributes)
                : made.Weights("c", c).Node("Gemm", "x w c", "y", attributes);
        }

        yield return Gemm("gemm", [2, 5], [5, 4], [4]);
        yield return Gemm("gemm turned", [2, 5], [4, 5], [4], ("transB", 1));
        yield return Gemm("gemm rows turned", [5, 3], [5, 4], null, ("transA", 1));
        yield return Gemm("gemm factors", [2, 5], [5, 4], [1, 4], ("alpha", 0.5f), ("beta", 2f));
        yield return Gemm("gemm one term", [2, 5], [5, 4], [1]);
        yield return Gemm("gemm terms of rows", [3, 5], [5, 4], [3, 4]);
        yield return new OnnxCase("gemm of two").Input("x", 3, 5).Input("z", 5, 4).Node("Gemm", "x z", "y");
        yield return new OnnxCase("matmul").Input("x", 2, 3, 5).Weights("w", [5, 4]).Node("MatMul", "x w", "y");
        yield return new OnnxCase("matmul and terms").Input("x", 1, 5).Weights("w", [5, 4]).Weights("b", [4])
            .Node("MatMul", "x w", "p").Node("Add", "p b", "s").Node("Relu", "s", "y");
        yield return new OnnxCase("matmul of two").Input("x", 2, 3, 5).Input("z", 2, 5, 4).Node("MatMul", "x z", "y");
        yield return new OnnxCase("matmul of a turned one").Input("x", 2, 3, 5).Input("z", 2, 4, 5)
            .Node("Transpose", "z", "t", ("perm", new[] { 0, 2, 1 })).Node("MatMul", "x t", "y");
        yield return new OnnxCase("matmul of vectors").Input("x", 5).Input("z", 5, 4).Node("MatMul", "x z", "y");
        yield return new OnnxCase("conv, flatten, gemm").Input("x", 1, 2, 6, 6).Weights("w", [3, 2, 3, 3])
            .Weights("v", [4, 48]).Node("Conv", "x w", "c").Node("Flatten", "c", "f")
            .Node("Gemm", "f v", "y", ("transB", 1));
    }

    private static IEnumerable<OnnxCase> Elements()
    {
        foreach (string op in new[]
            {
                "Abs", "Ceil", "Cos", "Exp", "Floor", "HardSigmoid", "HardSwish", "LeakyRelu", "Neg", "Relu", "Round",
                "Sigmoid", "Sin", "Tanh", "Elu", "Selu", "Celu", "Softplus", "Softsign", "ThresholdedRelu", "Identity",
                "Softmax", "LogSoftmax",
            })
        {
            yield return new OnnxCase(op).Input("x", 2, 3, 4, 5).Node(op, "x", "y");
        }

        yield return new OnnxCase("Elu of 2").Input("x", 2, 7).Node("Elu", "x", "y", ("alpha", 2f));
        yield return new OnnxCase("Celu of 2").Input("x", 2, 7).Node("Celu", "x", "y", ("alpha", 2f));
        yield return new OnnxCase("softmax over channels").Input("x", 1, 5, 3, 2)
            .Node("Softmax", "x", "y", ("axis", 1));
        yield return new OnnxCase("softmax of version 7", 7).Input("x", 2, 3, 4).Node("Softmax", "x", "y");
        yield return new OnnxCase("logarithm and root").Input("x", 2, 7).Node("Abs", "x", "a").Node("Sqrt", "a", "r")
            .Floats("one", [1], 1).Node("Add", "r one", "s").Node("Log", "s", "l").Node("Reciprocal", "s", "q")
            .Node("Add", "l q", "y");
        yield return new OnnxCase("clip").Input("x", 2, 7).Floats("least", [], -0.5f).Floats("most", [], 0.25f)
            .Node("Clip", "x least most", "y");
        yield return new OnnxCase("clip of version 6", 7).Input("x", 2, 7).Node("Clip", "x", "y", ("min", -0.5f));
        yield return new OnnxCase("prelu").Input("x", 1, 3, 4, 4).Weights("s", [3, 1, 1]).Node("PRelu", "x s", "y");
        foreach (string op in new[] { "Add", "Sub", "Mul", "Div", "Max", "Min" })
        {
            yield return new OnnxCase($"{op} of two").Input("x", 1, 3, 4, 5).Input("z", 1, 3, 4, 5)
                .Floats("three", [1], 3).Node("Add", "z three", "w").Node(op, "x w", "y");
            yield return new OnnxCase($"{op} stretched").Input("x", 1, 3, 4, 5).Input("z", 3, 1, 1)
                .Floats("three", [1], 3).Node("Add", "z three", "w").Node(op, "x w", "y");
            yield return new OnnxCase($"{op} of a constant before").Weights("c", [4, 5]).Input("x", 1, 3, 4, 5)
                .Floats("three", [1], 3).Node("Add", "x three", "w").Node(op, "c w", "y");
            yield return new OnnxCase($"{op} both stretched").Input("x", 3, 1).Input("z", 1, 4)
                .Floats("three", [1], 3).Node("Add", "z three", "w").Node(op, "x w", "y");
        }

        yield return new OnnxCase("sum of three").Input("x", 2, 3).Input("z", 2, 3).Input("w", 3)
            .Node("Sum", "x z w", "y");
        yield return new OnnxCase("mean of three").Input("x", 2, 3).Input("z", 2, 3).Input("w", 3)
            .Node("Mean", "x z w", "y");
        foreach (float exponent in new[] { 2f, 3f })
        {
            yield return new OnnxCase($"power {(int)exponent}").Input("x", 2, 7).Floats("p", [], exponent)
                .Node("Pow", "x p", "y");
        }

        yield return new OnnxCase("where").Input("x", 2, 7).Input("z", 7).Node("Greater", "x z", "g")
            .Node("Where", "g x z", "y");
        yield return new OnnxCase("not less") { OutputType = OnnxType.Bool }.Input("x", 2, 7).Input("z", 7)
            .Node("Less", "x z", "l").Node("Not", "l", "y");
    }

    private static IEnumerable<OnnxCase> Movements()
    {
        yield return new OnnxCase("transpose").Input("x", 2, 3, 4, 5)
            .Node("Transpose", "x", "y", ("perm", new[] { 3, 1, 0, 2 }));
        yield return new OnnxCase("reshape").Input("x", 2, 3, 4).Longs("s", 4, -1).Node("Reshape", "x s", "y");
        yield return new OnnxCase("concat channels").Input("x", 1, 2, 4, 5).Input("z", 1, 3, 4, 5)
            .Node("Concat", "x z", "y", ("axis", 1));
        yield return new OnnxCase("concat of one channel").Input("x", 1, 1, 4, 5).Input("z", 1, 3, 4, 5)
            .Node("Concat", "x z", "y", ("axis", 1));
        yield return new OnnxCase("concat columns").Input("x", 1, 2, 4, 5).Weights("z", [1, 2, 4, 1])
            .Node("Concat", "z x", "y", ("axis", -1));
        yield return new OnnxCase("split").Input("x", 1, 6, 4, 5).Node("Split", "x", "a b c", ("axis", 1))
            .Node("Mul", "a b", "p").Node("Add", "p c", "y");
        yield return new OnnxCase("slice").Input("x", 2, 6, 4, 5).Longs("s", 1, -3).Longs("e", 5, 100)
            .Longs("a", 1, 3).Longs("t", 2, 1).Node("Slice", "x s e a t", "y");
        yield return new OnnxCase("slice backwards").Input("x", 2, 6).Longs("s", -1).Longs("e", -100)
            .Longs("a", 1).Longs("t", -2).Node("Slice", "x s e a t", "y");
        yield return new OnnxCase("pad").Input("x", 1, 3, 4, 5).Longs("p", 0, 0, 1, 2, 0, 0, 3, 0).Floats("v", [], 0.5f)
            .Node("Pad", "x p v", "y");
        yield return new OnnxCase("pad channels").Input("x", 1, 1, 4, 5).Longs("p", 0, 1, 0, 0, 0, 2, 0, 0)
            .Node("Pad", "x p", "y");
        yield return new OnnxCase("pad takes away").Input("x", 1, 3, 4, 5).Longs("p", 0, 0, -1, 2, 0, 0, 0, -1)
            .Node("Pad", "x p", "y");
        foreach (string mode in new[] { "reflect", "edge" })
        {
            yield return new OnnxCase($"pad {mode}").Input("x", 1, 3, 4, 5).Longs("p", 0, 0, 1, 2, 0, 0, 3, 4)
                .Node("Pad", "x p", "y", ("mode", mode));
        }

        yield return new OnnxCase("gather one").Input("x", 2, 6, 4).Longs("i", 3)
            .Node("Gather", "x i", "y", ("axis", 1));
        yield return new OnnxCase("gather some").Input("x", 2, 6, 4).Longs("i", 3, 0, -1, 3)
            .Node("Gather", "x i", "y", ("axis", 1));
        yield return new OnnxCase("expand").Input("x", 3, 1).Longs("s", 2, 3, 4).Node("Expand", "x s", "y");
        yield return new OnnxCase("tile").Input("x", 1, 2, 3).Longs("r", 2, 1, 3).Node("Tile", "x r", "y");
        yield return new OnnxCase("squeeze").Input("x", 1, 3, 1, 4).Longs("a", 2).Node("Squeeze", "x a", "y");
        yield return new OnnxCase("depth to space").Input("x", 1, 8, 2, 3)
            .Node("DepthToSpace", "x", "y", ("blocksize", 2));
        yield return new OnnxCase("depth to space, by columns").Input("x", 1, 8, 2, 3)
            .Node("DepthToSpace", "x", "y", ("blocksize", 2), ("mode", "CRD"));
        yield return new OnnxCase("space to depth").Input("x", 1, 2, 4, 6)
            .Node("SpaceToDepth", "x", "y", ("blocksize", 2));
        foreach ((string mode, string places) in new[]
            {
                ("nearest", "asymmetric"), ("nearest", "half_pixel"), ("linear", "asymmetric"),
                ("linear", "half_pixel"), ("linear", "align_corners"), ("linear", "pytorch_half_pixel"),
                ("nearest", "align_corners"),
            })
        {
            yield return new OnnxCase($"resize {mode} {places}").Input("x", 1, 2, 4, 5).Floats("s", [4], 1, 1, 2, 3)
                .Node("Resize", "x - s", "y", ("mode", mode), ("coordinate_transformation_mode", places));
        }

        yield return new OnnxCase("resize to less").Input("x", 1, 2, 7, 9).Longs("s", 1, 2, 3, 4)
            .Node("Resize", "x - - s", "y", ("mode", "nearest"), ("nearest_mode", "ceil"));
        yield return new OnnxCase("upsample", 9).Input("x", 1, 2, 3, 4).Floats("s", [4], 1, 1, 2, 2)
            .Node("Upsample", "x s", "y");
    }

    private static IEnumerable<OnnxCase> Reductions()
    {
        foreach (string op in new[]
            {
                "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare",
                "ReduceLogSumExp",
            })
        {
            yield return new OnnxCase($"{op} of all", 18).Input("x", 2, 3, 4).Node(op, "x", "y");
            yield return new OnnxCase($"{op} of some", 18).Input("x", 2, 3, 4, 5).Longs("a", 1, -1)
                .Node(op, "x a", "y", ("keepdims", 0));
        }

        yield return new OnnxCase("ReduceMean of version 11", 11).Input("x", 2, 3, 4, 5)
            .Node("ReduceMean", "x", "y", ("axes", new[] { 2, 3 }));
        yield return new OnnxCase("ArgMax") { OutputType = OnnxType.Int64 }.Input("x", 2, 6, 4)
            .Node("ArgMax", "x", "y", ("axis", 1));
        yield return new OnnxCase("ArgMin") { OutputType = OnnxType.Int64 }.Input("x", 2, 6, 4)
            .Node("ArgMin", "x", "y", ("axis", -1), ("keepdims", 0));
        yield return new OnnxCase("CumSum").Input("x", 2, 6, 4).Longs("a", 1)
            .Node("CumSum", "x a", "y", ("reverse", 1));
        yield return new OnnxCase("InstanceNormalization").Input("x", 2, 3, 4, 5).Weights("s", [3]).Weights("b", [3])
            .Node("InstanceNormalization", "x s b", "y");
        yield return new OnnxCase("LayerNormalization").Input("x", 2, 3, 5).Weights("s", [5]).Weights("b", [5])
            .Node("LayerNormalization", "x s b", "y");
        yield return new OnnxCase("LpNormalization").Input("x", 2, 3, 5).Node("LpNormalization", "x", "y", ("axis", 1));
        yield return new OnnxCase("MeanVarianceNormalization").Input("x", 2, 3, 4, 5)
            .Node("MeanVarianceNormalization", "x", "y");
        yield return new OnnxCase("GroupNormalization", 21).Input("x", 2, 6, 3, 4).Weights("s", [6]).Weights("b", [6])
            .Node("GroupNormalization", "x s b", "y", ("num_groups", 3));
    }

    /// <summary>Several operators, between which the order of memory is handed on.</summary>
    private static IEnumerable<OnnxCase> Networks()
    {
        yield return new OnnxCase("residual").Input("x", 1, 4, 6, 6).Weights("w", [4, 4, 3, 3])
            .Node("Conv", "x w", "c", ("pads", new[] { 1, 1, 1, 1 })).Node("Add", "c x", "s").Node("Relu", "s", "y");
        yield return new OnnxCase("shuffled channels").Input("x", 1, 4, 6, 6).Weights("w", [6, 4, 1, 1])
            .Longs("a", 1, 2, 3, 6, 6).Longs("b", 1, 6, 6, 6).Node("Conv", "x w", "c").Node("Reshape", "c a", "r")
            .Node("Transpose", "r", "t", ("perm", new[] { 0, 2, 1, 3, 4 })).Node("Reshape", "t b", "y");
        yield return new OnnxCase("squeeze and excite").Input("x", 1, 4, 6, 6).Weights("w", [4, 4, 1, 1])
            .Node("GlobalAveragePool", "x", "g").Node("Conv", "g w", "c")
            .Node("Sigmoid", "c", "s").Node("Mul", "x s", "y");
        yield return new OnnxCase("rows of features").Input("x", 1, 12, 5).Weights("w", [6, 5, 3]).Weights("v", [6, 4])
            .Node("Transpose", "x", "t", ("perm", new[] { 0, 2, 1 })).Node("Conv", "t w", "c")
            .Node("Transpose", "c", "u", ("perm", new[] { 0, 2, 1 })).Node("MatMul", "u v", "m")
            .Node("ReduceMean", "m", "y", ("axes", new[] { 1 }), ("keepdims", 0));
        yield return new OnnxCase("an output that is an input's view").Input("x", 1, 4, 6).Longs("s", 4, 6)
            .Node("Reshape", "x s", "y");
        yield return new OnnxCase("attention").Input("x", 1, 5, 8).Weights("q", [8, 8]).Weights("k", [8, 8])
            .Weights("v", [8, 8]).Longs("s", 1, 5, 2, 4).Longs("m", 1, 5, 8)
            .Node("MatMul", "x q", "a").Node("MatMul", "x k", "b").Node("MatMul", "x v", "c")
            .Node("Reshape", "a s", "ar").Node("Reshape", "b s", "br").Node("Reshape", "c s", "cr")
            .Node("Transpose", "ar", "at", ("perm", new[] { 0, 2, 1, 3 }))
            .Node("Transpose", "br", "bt", ("perm", new[] { 0, 2, 3, 1 }))
            .Node("Transpose", "cr", "ct", ("perm", new[] { 0, 2, 1, 3 }))
            .Node("MatMul", "at bt", "p").Node("Softmax", "p", "o").Node("MatMul", "o ct", "h")
            .Node("Transpose", "h", "ht", ("perm", new[] { 0, 2, 1, 3 })).Node("Reshape", "ht m", "y");
    }
}
