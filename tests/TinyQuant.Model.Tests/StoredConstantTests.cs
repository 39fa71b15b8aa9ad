using System.Runtime.InteropServices;
using TinyQuant.Model.Tests.Format;

namespace TinyQuant.Model.Tests;

/// <summary>
/// int4 and float16 constants: what they hold, what they are widened to, and what is wrong with wrong ones.
/// </summary>
public class StoredConstantTests
{
    private const string Int4Tensor = "tensor w int4 [2,3] scale [0.5,0.25] axis 0 data\n  IfMO";

    [Fact]
    public void Int4_codes_are_two_to_a_byte_the_first_in_the_lower_half()
    {
        Tensor tensor = Constant(TensorType.Int4, [5], null, [0x21, 0xF9, 0x07]);
        Assert.Equal([1, 2, -7, -1, 7], Int4Data.Codes(tensor));
        Assert.Equal(tensor.Data!.Value.ToArray(), Int4Data.Pack([1, 2, -7, -1, 7]).ToArray());
        Assert.Equal(3, tensor.ByteLength);
        Assert.Empty(Int4Data.Multipliers(tensor));
    }

    [Fact]
    public void A_group_of_32_has_a_multiplier_behind_the_codes()
    {
        sbyte[] codes = [.. Enumerable.Range(0, 2 * 40).Select(i => (sbyte)((i % 15) - 7))];
        Tensor tensor = Constant(
            TensorType.Int4, [2, 40], new([0.5f, 0.25f], 0, 0, 32), [.. Int4Data.Pack(codes, [1, 18, 3, 4])]);
        Assert.Equal(40 + 4, tensor.ByteLength);
        Assert.Equal([1, 18, 3, 4], Int4Data.Multipliers(tensor));

        Graph graph = StoredConstants.Widen(With(tensor));
        Tensor weights = graph.Operators[0].Inputs[1];
        int[] factors = [1, 18, 3, 4];
        Assert.Equal((TensorType.Int8, 0), (weights.Type, weights.Quantization!.GroupSize));
        Assert.Equal(codes.Select((c, i) => (sbyte)(c * factors[(i / 40 * 2) + (i % 40 / 32)])),
            MemoryMarshal.Cast<byte, sbyte>(weights.Data!.Value.AsSpan()).ToArray());
        Assert.Same(tensor, weights.Stored);
        Assert.Same(weights, Assert.Single(graph.Tensors, t => t.Name == "w"));
        Assert.Equal((44, 44), (With(tensor).ConstantBytes, graph.ConstantBytes));
    }

    [Fact]
    public void Every_float16_is_the_float32_of_the_same_value()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1 << 16).SelectMany(i => BitConverter.GetBytes((ushort)i))];
        Tensor tensor = Constant(TensorType.Float16, [1, 1 << 16], null, bytes);
        var op = new FullyConnected([Graphs.Tensor("in", TensorType.Float32, [1, 1 << 16]), tensor],
            Graphs.Tensor("out", TensorType.Float32, [1, 1]), Activation.None);
        var graph = new Graph
        {
            Tensors = [.. op.Inputs, .. op.Outputs],
            Inputs = [op.Input],
            Outputs = [op.Output],
            Operators = [op]
        };
        Assert.Empty(GraphValidator.Validate(graph));
        float[] widened = MemoryMarshal.Cast<byte, float>(
            StoredConstants.Widen(graph).Operators[0].Inputs[1].Data!.Value.AsSpan()).ToArray();
        Assert.Equal(
            Enumerable.Range(0, 1 << 16).Select(i => (float)BitConverter.UInt16BitsToHalf((ushort)i)), widened);
    }

    [Theory]
    [InlineData(0.5f, 2)]
    [InlineData(0.000_000_059_604_645f, 2)] // the least float16
    [InlineData(65504f, 2)]
    [InlineData(0.1f, 4)]
    [InlineData(65505f, 4)]
    [InlineData(0.000_000_029_802_322f, 4)]
    public void Scales_that_are_float16_numbers_count_as_such(float scale, int bytes) =>
        Assert.Equal(bytes, new Tensor("w", TensorType.Int4, [1], new Quantization(scale, 0)).ScaleBytes);

    [Fact]
    public void A_file_with_int4_is_written_as_it_was_read()
    {
        string text = ModelWriter.Write(ModelReader.Read(File(Int4Tensor)).Graph!);
        Assert.Contains("tensor w int4 [2,3] scale [0.5,0.25] axis 0 data\n  IfMO\n", text, StringComparison.Ordinal);
        Assert.Equal(text, ModelWriter.Write(ModelReader.Read(text).Graph!));

        string grouped = Int4Tensor.Replace(
            "axis 0 data\n  IfMO", "axis 0 group 32 data\n  IfMOARI=", StringComparison.Ordinal);
        text = ModelWriter.Write(ModelReader.Read(File(grouped)).Graph!);
        Assert.Contains(
            "tensor w int4 [2,3] scale [0.5,0.25] axis 0 group 32 data\n  IfMOARI=\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tensor w int4 [2,3] scale 1 group 32 data\n  gQAAAQE=",
        "tensor 'w' has a code of -8 and groups; expected codes from -7 to 7, whose products with multipliers int8 "
            + "holds")]
    [InlineData("tensor w int4 [3,1] scale 1 data\n  EhI=",
        "tensor 'w' has an odd number of codes and a last half byte that is not 0")]
    [InlineData("tensor w int4 [2,3] scale 1 group 32 data\n  IfMOAAE=",
        "tensor 'w' has a group whose multiplier is not one from 1 to 18")]
    [InlineData("tensor w int4 [2,3] scale 1 group 32 data\n  IfMOARM=",
        "tensor 'w' has a group whose multiplier is not one from 1 to 18")]
    [InlineData("tensor w int4 [2,3] scale 1",
        "tensor 'w' is int4 and has no data; expected a constant, or a type that computes")]
    [InlineData("tensor w int4 [2,3] data\n  IfMO", "FullyConnected: int8 tensor 'w' has no scale")]
    public void Wrong_constants_are_errors(string tensor, string message) =>
        Assert.Contains(ModelReader.Read(File(tensor)).Errors, e => e.Message == message);

    private static string File(string tensor) =>
        Texts.With(7, tensor).Replace("  AQIDBAUG\n", "", StringComparison.Ordinal);

    private static Tensor Constant(TensorType type, int[] shape, Quantization? quantization, byte[] data) =>
        new("w", type, [.. shape], quantization, [.. data]);

    private static Graph With(Tensor weights)
    {
        Tensor input = Graphs.Tensor("in", TensorType.Int8, [1, weights.Shape[1]]);
        Tensor output = Graphs.Tensor("out", TensorType.Int8, [1, weights.Shape[0]]);
        return new Graph
        {
            Tensors = [input, weights, output],
            Inputs = [input],
            Outputs = [output],
            Operators = [Graphs.Layer(input, weights, null, output)]
        };
    }
}
