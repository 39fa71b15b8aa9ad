using TinyQuant.Import.Protobuf;
using TinyQuant.Import.Tests.Onnx.Support;

namespace TinyQuant.Import.Tests.Protobuf;

/// <summary>The wire format, right and wrong.</summary>
public sealed class ProtoReaderTests
{
    [Fact]
    public void Fields_are_read_in_their_order()
    {
        byte[] bytes = new ProtoWriter().Int(1, -5).Text(2, "åb").Float(3, 1.5f)
            .Message(4, new ProtoWriter().Int(9, 300)).ToArray();

        var reader = new ProtoReader(bytes);
        Assert.True(reader.Next());
        Assert.Equal((1, -5L), (reader.Field, reader.Int64()));
        Assert.True(reader.Next());
        Assert.Equal((2, "åb"), (reader.Field, reader.Text(10)));
        Assert.True(reader.Next());
        Assert.Equal((3, 1.5f), (reader.Field, reader.Float32()));
        Assert.True(reader.Next());
        ProtoReader inner = reader.Message();
        Assert.True(inner.Next());
        Assert.Equal((9, 300), (inner.Field, inner.Int32()));
        Assert.False(inner.Next());
        Assert.False(reader.Next());
    }

    [Fact]
    public void A_list_is_packed_or_not_or_both()
    {
        byte[] bytes = new ProtoWriter().Int(1, 7).Ints(1, 8, -1, 300).Int(1, 9).ToArray();

        var list = new List<long>();
        int counted = 0;
        for (var reader = new ProtoReader(bytes); reader.Next();)
        {
            counted += reader.Int64Count;
            reader.AddInt64s(list);
        }

        Assert.Equal([7, 8, -1, 300, 9], list);
        Assert.Equal(list.Count, counted);
    }

    [Fact]
    public void A_skipped_field_is_gone_whatever_its_wire_type()
    {
        byte[] eight = [0x31, 1, 2, 3, 4, 5, 6, 7, 8]; // field 6, 64 bits
        byte[] bytes = [
            .. new ProtoWriter().Int(1, long.MinValue).Text(2, "x").Float(3, 1).ToArray(), .. eight,
            .. new ProtoWriter().Int(5, 1).ToArray()];

        var reader = new ProtoReader(bytes);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(reader.Next());
            reader.Skip();
        }

        Assert.True(reader.Next());
        Assert.Equal((5, 1L), (reader.Field, reader.Int64()));
    }

    [Theory]
    [InlineData(new byte[] { 0x08 }, "an integer that does not end")]
    [InlineData(
        new byte[] { 0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 }, "an integer that does not end")]
    [InlineData(new byte[] { 0x0b }, "wire type 3; expected 0, 1, 2 or 5")]
    [InlineData(new byte[] { 0x00, 0 }, "field 0; expected one from 1 to 536870911")]
    [InlineData(new byte[] { 0x12, 5, 1 }, "a value of 5 bytes; expected at most 1")]
    [InlineData(new byte[] { 0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 }, "expected at most 0")]
    [InlineData(new byte[] { 0x15, 1, 2 }, "a value of 4 bytes; expected at most 2")]
    public void What_does_not_hold_together_is_told(byte[] bytes, string said)
    {
        MalformedFileException thrown = Assert.Throws<MalformedFileException>(() =>
        {
            for (var reader = new ProtoReader(bytes); reader.Next();)
            {
                reader.Skip();
            }
        });

        Assert.Contains(said, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_another_wire_type_and_a_text_that_is_too_long_are_told()
    {
        byte[] bytes = new ProtoWriter().Text(2, "four").ToArray();

        Assert.Contains("field 2 of wire type 2; expected 0", Told(bytes, r => r.Int64()), StringComparison.Ordinal);
        Assert.Contains("a text of 4 bytes; expected at most 3", Told(bytes, r => r.Text(3)), StringComparison.Ordinal);
        Assert.Contains("4 bytes of a list; expected a multiple of 8", Told(bytes, r => r.Fixed(8)),
            StringComparison.Ordinal);
    }

    private static string Told(byte[] bytes, Action<ProtoReader> read)
    {
        var reader = new ProtoReader(bytes);
        Assert.True(reader.Next());
        return Assert.Throws<MalformedFileException>(() => read(reader)).Message;
    }
}
