using System.Text;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests;

/// <summary>
/// What people have in hand that is no model, or no model for this program: the first line says what to do.
/// </summary>
public sealed class RefusalTests
{
    /// <summary>First bytes as they are on disk, in Latin-1.</summary>
    [Theory]
    [InlineData("", "copy or download it again")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 22\n", "run 'git lfs pull'")]
    [InlineData("tinyquant-model 1\nname tiny\n", "let its name end in .tqm")]
    [InlineData("\n<!DOCTYPE html>\n<html><head>", "download it again, by the link to the raw file")]
    [InlineData("#include <stdint.h>\nalignas(16) const unsigned char model[] = {\n  0x1c, 0x00,",
        "turn it back into bytes")]
    [InlineData("{0x1c,0x00,0x00,0x00,0x54,0x46,0x4c,0x33,0x14,0x00,0x20}", "turn it back into bytes")]
    [InlineData("\u0089HDF\r\n\u001a\n", "convert it with tf.lite.TFLiteConverter.from_keras_model")]
    [InlineData("PK\u0003\u0004\u0014\u0000", "unpack or convert it")]
    [InlineData("\u001f\u008b\u0008\u0000\u0000\u0000", "unpack it, with 'gunzip'")]
    [InlineData("\u0008\u0006\u0012\u000akeras2onnx\u001a\u00051.6.1", "let its name end in .onnx")]
    [InlineData("\u0008\u0008\u003a\u00dd\u0012", "let its name end in .onnx")]
    public void A_file_of_another_kind_is_told_by_its_remedy(string start, string remedy)
    {
        ImportError error = Assert.Single(TfliteImporter.Import(Encoding.Latin1.GetBytes(start)).Errors);
        Assert.StartsWith(remedy, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("this is not a TensorFlow Lite model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_known_file_is_said_to_be_none()
    {
        ImportError error = Assert.Single(TfliteImporter.Import(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }).Errors);
        Assert.StartsWith("this is not a TensorFlow Lite model", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ethos-u", "import the file that Vela was given")]
    [InlineData("edgetpu-custom-op", "import the file that the Edge TPU Compiler was given")]
    public void A_model_compiled_for_an_accelerator_is_one_line(string custom, string remedy)
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.UInt8, [1, 4]);
        int scratch = model.Tensor("scratch", TfliteType.UInt8, [48_000]); // no scale, and never written
        int y = model.Tensor("y", TfliteType.UInt8, [1, 2]);
        model.Operator(BuiltinOperator.CUSTOM, [x, scratch], [y], custom: custom);
        AssertOneLine(model.Build([x], [y]), remedy);
    }

    [Fact]
    public void Remedies_stand_before_the_lines_of_operators_once_for_each_kind()
    {
        var model = new FlatModel();
        int[] shape = [1, 1, 1, 4];
        int x = model.Tensor("x", TfliteType.Float32, shape);
        int w = model.Tensor("w", TfliteType.Int8, shape, [0.5f], [0], data: [1, 2, 3, 4]);
        int a = model.Tensor("a", TfliteType.Float32, shape);
        int b = model.Tensor("b", TfliteType.Float32, shape);
        int d = model.Tensor("d", TfliteType.Float32, shape);
        int y = model.Tensor("y", TfliteType.Float32, shape);
        model.Operator(BuiltinOperator.DEPTHWISE_CONV_2D, [x, w, -1], [a], 2, null, (1, 1), (2, 1));
        model.Operator(BuiltinOperator.DEPTHWISE_CONV_2D, [a, w, -1], [b], 2, null, (1, 1), (2, 1));
        model.Operator(BuiltinOperator.ADD, [b, b], [d], 11);
        model.Operator(BuiltinOperator.CUSTOM, [d], [y], custom: "FlexErf");

        ImportError[] errors = [.. TfliteImporter.Import(model.Build([x], [y])).Errors];

        Assert.All(errors[..2], e => Assert.Null(e.OperatorIndex));
        Assert.StartsWith("convert the float32 model again", errors[0].Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "convert it with tf.lite.OpsSet.TFLITE_BUILTINS alone", errors[1].Message, StringComparison.Ordinal);
        Assert.Equal([0, 3], errors[2..].Select(e => e.OperatorIndex!.Value).Order());
    }

    private static void AssertOneLine(byte[] file, params string[] parts)
    {
        ImportError error = Assert.Single(TfliteImporter.Import(file).Errors);
        Assert.StartsWith(parts[0], error.ToString(), StringComparison.Ordinal);
        Assert.All(parts, p => Assert.Contains(p, error.Message, StringComparison.Ordinal));
    }
}
