using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Support;

/// <summary>Whole files.</summary>
internal static class Models
{
    /// <summary>x [1,4] to y [1,3], int8, with a bias.</summary>
    public static byte[] Int8(float[]? weightScales = null, float biasScale = 0.005f, string name = "MLIR Converted.",
        float[]? biasScales = null)
    {
        var model = new FlatModel { Description = name };
        int x = model.Tensor("x", TfliteType.Int8, [1, 4], [0.1f], [-5]);
        int weights = model.Tensor("w", TfliteType.Int8, [3, 4], weightScales ?? [0.05f],
            [.. (weightScales ?? [1]).Select(_ => 0L)], data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 128]);
        int bias = model.Tensor(
            "b", TfliteType.Int32, [3], biasScales ?? BiasScales(), [0], data: [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
        int y = model.Tensor("y", TfliteType.Int8, [1, 3], [0.25f], [7]);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, weights, bias], [y], 8, null, (0, (byte)1));
        return model.Build([x], [y]);

        float[] BiasScales() => weightScales is null ? [biasScale] : [.. weightScales.Select(w => 0.1f * w)];
    }

    /// <summary>The same in float32, without a bias.</summary>
    public static byte[] Float32()
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.Float32, [1, 2]);
        int weights = model.Tensor("w", TfliteType.Float32, [1, 2], data: [0, 0, 128, 63, 0, 0, 0, 64]);
        int y = model.Tensor("y", TfliteType.Float32, [1, 1]);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, weights, -1], [y], 8);
        return model.Build([x], [y]);
    }

    /// <summary>float32 activations with int8 weights.</summary>
    public static byte[] Hybrid(bool isAsymmetric)
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.Float32, [1, 2]);
        int weights = model.Tensor("w", TfliteType.Int8, [1, 2], [0.5f], [0], data: [3, 4]);
        int y = model.Tensor("y", TfliteType.Float32, [1, 1]);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, weights], [y], 8, null, (3, isAsymmetric));
        return model.Build([x], [y]);
    }

    /// <summary>
    /// A uint8 image, moved to the batch and back, resized, in blocks and reduced; and float16 weights.
    /// </summary>
    public static byte[] Blocks()
    {
        var model = new FlatModel();
        int image = model.Tensor("image", TfliteType.UInt8, [1, 4, 6, 1], [0.5f], [131]);
        int codes = model.Int8("codes", 1, 4, 6, 1);
        int steps = model.Ints("steps", 2, 3);
        int margins = model.Ints("margins", [2, 2], 1, 1, 0, 0);
        int batch = model.Int8("batch", 6, 3, 2, 1);
        int space = model.Int8("space", 1, 4, 6, 1);
        int large = model.Int8("large", 1, 8, 8, 1);
        int deep = model.Int8("deep", 1, 4, 4, 4);
        int axes = model.Ints("axes", 1, 2);
        int row = model.Int8("row", 1, 4);
        int stored = model.Tensor("stored", TfliteType.Float16, [2, 4], data: new byte[16]);
        int weights = model.Tensor("weights", TfliteType.Float32, [2, 4]);
        int reals = model.Tensor("reals", TfliteType.Float32, [1, 4]);
        int y = model.Tensor("y", TfliteType.Float32, [1, 2]);
        model.Operator(BuiltinOperator.QUANTIZE, [image], [codes], 89);
        model.Operator(BuiltinOperator.SPACE_TO_BATCH_ND, [codes, steps, margins], [batch], 25);
        model.Operator(BuiltinOperator.BATCH_TO_SPACE_ND, [batch, steps, margins], [space], 24);
        model.Operator(BuiltinOperator.RESIZE_BILINEAR, [space], [large], 15, null, (3, true));
        model.Operator(BuiltinOperator.SPACE_TO_DEPTH, [large], [deep], 19, null, (0, 2));
        model.Operator(BuiltinOperator.REDUCE_MAX, [deep, axes], [row], 27);
        model.Operator(BuiltinOperator.DEQUANTIZE, [row], [reals], 38);
        model.Operator(BuiltinOperator.DEQUANTIZE, [stored], [weights], 38);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [reals, weights], [y], 8);
        return model.Build([image], [y]);
    }

    /// <summary>
    /// Two layers, unsupported operators and types beside them, integer arithmetic, state: many kinds of tables.
    /// </summary>
    public static byte[] Mixed()
    {
        var model = new FlatModel { Subgraphs = 2 };
        int x = model.Int8("x", 1, 4);
        int shape = model.Tensor("shape", TfliteType.Int32, [2]);
        int part = model.Tensor("part", TfliteType.Int32, []);
        int target = model.Tensor("target", TfliteType.Int32, [2]);
        int begin = model.Ints("begin", 0);
        int end = model.Ints("end", 1);
        int stride = model.Ints("stride", 1);
        int minusOne = model.Ints("rest", [], -1);
        int flat = model.Int8("flat", 1, 4);
        int weights = model.Tensor(
            "w", TfliteType.Int8, [2, 4], [0.05f, 0.06f], [0, 0], data: [1, 2, 3, 4, 5, 6, 7, 8]);
        int y = model.Tensor("y", TfliteType.Int8, [1, 2], [0.25f], [7]);
        model.Operator(BuiltinOperator.SHAPE, [x], [shape], 55, null, (0, (byte)2));
        model.Operator(BuiltinOperator.STRIDED_SLICE, [shape, begin, end, stride], [part], 32, null, (0, 0), (1, 0),
            (2, 0), (3, 0), (4, 1));
        model.Operator(BuiltinOperator.PACK, [part, minusOne], [target], 59, null, (0, 2), (1, 0));
        model.Operator(BuiltinOperator.RESHAPE, [x, target], [flat], 17);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, weights], [y], 8, null, (0, (byte)3));
        model.Metadata("named", "a model of many tables");
        return model.Build([x], [y]);
    }
}
