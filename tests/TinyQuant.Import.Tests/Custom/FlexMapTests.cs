using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.FlatBuffers;

namespace TinyQuant.Import.Tests.Custom;

/// <summary>Options of custom operators, and what of damaged ones is said.</summary>
public sealed class FlexMapTests
{
    /// <summary>cycles_max: 1, as the reference's library writes it, in values of four bytes.</summary>
    private const string Written = "6379636c65735f6d6178000001000000100000000400000004000000010000000100000006052601";

    [Fact]
    public void A_map_of_the_library_is_read() =>
        Assert.Equal(1, FlexMap.Of(Convert.FromHexString(Written)).Int32("cycles_max"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Numbers_of_every_width(int width)
    {
        FlexMap map = FlexMap.Of(Flex.Write(width, ("count", -3), ("flag", true), ("text", (byte)1)));

        Assert.Equal(3, map.Count);
        Assert.Equal(-3, map.Int32("count"));
        Assert.Equal(-3f, map.Float32("count"));
        Assert.Equal(-3, map.Int32At(0));
        Assert.True(map.Flag("flag"));
        Assert.False(map.Flag("other"));
        Assert.Equal(7, map.Int32("other", missing: 7));
        AssertRefused("its option 'other' is missing", () => map.Int32("other"));
        AssertRefused("its option 'text' is missing", () => map.Float32("text"));
        AssertRefused("no number at place 2", () => map.Int32At(2));
        AssertRefused("no number at place 3", () => map.Float32At(3));
    }

    [Fact]
    public void Real_numbers_lose_their_fraction_as_integers()
    {
        FlexMap wide = FlexMap.Of(Flex.Write(8, ("huge", 1e20), ("real", -2.75)));
        FlexMap narrow = FlexMap.Of(Flex.Write(4, ("real", 0.6f)));

        Assert.Equal(-2.75f, wide.Float32("real"));
        Assert.Equal(-2, wide.Int32("real"));
        Assert.Equal(0.6f, narrow.Float32At(0));
        AssertRefused("its option 'huge' is", () => wide.Int32("huge"));
    }

    [Fact]
    public void No_options_are_an_empty_map() => Assert.Equal(0, FlexMap.Of([]).Count);

    /// <summary>Whatever the bytes, there is a map or a message.</summary>
    [Fact]
    public void Damaged_options_are_refused()
    {
        AssertRefused("they end in no map", () => FlexMap.Of([1, 2, 3]));
        AssertRefused("they end in no map", () => FlexMap.Of([1, 4, 1, 1]));
        byte[] whole = Flex.Write(2, ("a", 1), ("bc", 300));
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = [.. whole];
            for (int times = random.Next(1, 4); times > 0; times--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            damaged = damaged[random.Next(random.Next(4) == 0 ? damaged.Length : 1)..];
            try
            {
                Assert.InRange(FlexMap.Of(damaged).Count, 0, 1_000);
            }
            catch (UnsupportedException e)
            {
                Assert.StartsWith("its options are damaged: ", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.NotEqual(0, refused);
    }

    private static void AssertRefused(string message, Func<object> act) =>
        Assert.Contains(message, Assert.Throws<UnsupportedException>(act).Message, StringComparison.Ordinal);
}
