using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;

namespace TinyQuant.Import.Tests.Onnx.Schema;

/// <summary>Tensors, whose elements lie in one of many places.</summary>
public sealed class TensorTests
{
    [Fact]
    public void Elements_are_raw_bytes_or_a_field_of_their_type()
    {
        Assert.Equal([1f, -2f], Read(Tensor(1, 2).Bytes(9, [0, 0, 128, 63, 0, 0, 0, 192])).Floats.ToArray());
        Assert.Equal([1f, -2f], Read(Tensor(1, 2).Float(4, 1).Float(4, -2)).Floats.ToArray());
        Assert.Equal([3, -4], Read(Tensor(7, 2).Ints(7, 3, -4)).Integers.ToArray());
        Assert.Equal([3, -4], Read(Tensor(6, 2).Ints(5, 3, -4)).Integers.ToArray());
        Assert.Equal([3, -4], Read(Tensor(3, 2).Ints(5, 3, -4)).Integers.ToArray());
        Assert.Equal([1, 0], Read(Tensor(9, 2).Ints(5, 1, 0)).Integers.ToArray());
        Assert.Equal([1.5f, -2f], Read(Tensor(10, 2).Ints(5, 0x3e00, 0xc000)).Floats.ToArray());
        Assert.Equal([1, -2, 7], Read(Tensor(22, 3).Bytes(9, [0xe1, 0x07])).Integers.ToArray());
        Assert.Equal([1, 14, 7], Read(Tensor(21, 3).Ints(5, 0xe1, 0x07)).Integers.ToArray());
        Assert.Equal(["a", "b"], Read(Tensor(8, 2).Text(6, "a").Text(6, "b")).Strings.ToArray());
    }

    [Theory]
    [InlineData(1, 3, "has 8 bytes of elements, or texts; expected 12")]
    [InlineData(7, 2, "has 8 bytes of elements, or texts; expected 16")]
    [InlineData(14, 1, "is of complex64, which is not supported")]
    [InlineData(99, 1, "is of type 99, which is not supported")]
    [InlineData(3, -1, "has a dimension of -1")]
    public void A_tensor_that_is_not_what_it_says_is_told(int type, int size, string said)
    {
        Exception thrown = Assert.ThrowsAny<Exception>(() => Read(Tensor(type, size).Bytes(9, new byte[8])));

        Assert.True(thrown is MalformedFileException or UnsupportedException, thrown.ToString());
        Assert.Contains($"constant 't' {said}", thrown.Message.Replace(" float32 [3]", "", StringComparison.Ordinal)
            .Replace(" int64 [2]", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_of_another_type_and_in_two_fields_are_told()
    {
        Assert.Contains("has elements of another type", Assert.Throws<MalformedFileException>(
            () => Read(Tensor(1, 1).Ints(7, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("elements of one tensor in two fields", Assert.Throws<MalformedFileException>(
            () => Read(Tensor(1, 1).Float(4, 1).Bytes(9, new byte[4]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights.bin", "4", "8", null)]
    [InlineData("weights.bin", "12", null, "has 4 bytes of elements, or texts; expected 8")]
    [InlineData("weights.bin", "12", "8", "from byte 12 on, 8 bytes; the file has 16")]
    [InlineData("weights.bin", "99", null, "from byte 99 on, -83 bytes; the file has 16")]
    [InlineData("weights.bin", "x", null, "the offset of a tensor in another file is 'x'; expected a number")]
    [InlineData("other.bin", null, null, "lies in 'other.bin', a file beside the model's, which is not there")]
    [InlineData("../weights.bin", null, null, "lies in '../weights.bin'; expected a path below the model's folder")]
    [InlineData("a/../../b", null, null, "expected a path below the model's folder")]
    [InlineData("/etc/passwd", null, null, "expected a path below the model's folder")]
    [InlineData("C:weights.bin", null, null, "expected a path below the model's folder")]
    [InlineData("", null, null, "expected a path below the model's folder")]
    public void Elements_beside_the_file_are_read_from_below_its_folder(
        string location, string? offset, string? length, string? said)
    {
        ProtoWriter tensor = Tensor(1, 2).Int(14, 1);
        (string Key, string? Value)[] words = [("location", location), ("offset", offset), ("length", length)];
        foreach ((string key, string? value) in words)
        {
            tensor = value is null ? tensor : tensor.Message(13, new ProtoWriter().Text(1, key).Text(2, value));
        }

        byte[] file = new OnnxFile().Node("Identity", "t", "y").Output("y").Tensor(tensor).Build();
        byte[] weights = new byte[16];
        BitConverter.TryWriteBytes(weights.AsSpan(4), 2f);
        BitConverter.TryWriteBytes(weights.AsSpan(8), 3f);
        var options = new ImportOptions
        {
            ExternalData = name => name == "weights.bin" ? (ReadOnlyMemory<byte>?)weights : null,
        };

        if (said is null)
        {
            Constant constant = Front.Read(file, options).Outputs[0].Value.Constant!;
            Assert.Equal([2f, 3f], constant.Floats.ToArray());
        }
        else
        {
            Assert.Contains(said, Front.Refuse(file, options), StringComparison.Ordinal);
        }
    }

    private static ProtoWriter Tensor(int type, int size) => new ProtoWriter().Ints(1, size).Int(2, type).Text(8, "t");

    private static Constant Read(ProtoWriter tensor) => ConstantReader.Of(TensorReader.Read(tensor.ToArray()));
}
