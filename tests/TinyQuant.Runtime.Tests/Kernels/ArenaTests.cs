using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>The parts of an arena: the bytes that are asked for, and none outside of it.</summary>
public class ArenaTests
{
    [Fact]
    public void A_part_is_the_bytes_that_it_names()
    {
        byte[] arena = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

        Assert.Equal([4, 5, 6], Arena.Span<byte>(arena, byteOffset: 4, length: 3).ToArray());
        Assert.Equal([0x07060504, 0x0B0A0908], Arena.Span<int>(arena, byteOffset: 4, length: 2).ToArray());
        Assert.Equal(0, Arena.Span<float>(arena, byteOffset: 16, length: 0).Length);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(4, 4)]
    [InlineData(16, 1)]
    [InlineData(17, 0)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    public void A_part_that_does_not_lie_in_the_arena_is_refused(int byteOffset, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Arena.Span<int>(new byte[16], byteOffset, length).Length);

    [Fact]
    public void More_bytes_than_a_span_has_are_refused() =>
        Assert.Throws<OverflowException>(() => Arena.Span<int>(new byte[16], byteOffset: 0, length: 1 << 30).Length);
}
