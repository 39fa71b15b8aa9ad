using CsCheck;

namespace TinyQuant.Data.Tests;

public class Pcg32Tests
{
    [Fact]
    public void Gives_the_numbers_of_the_reference_demo()
    {
        // pcg32-demo of the reference implementation: seed 42, stream 54
        var random = new Pcg32(42, 54);

        uint[] numbers = [.. Enumerable.Range(0, 6).Select(_ => random.NextUInt32())];

        Assert.Equal([0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e], numbers);
    }

    [Fact]
    public void Shuffle_keeps_every_item() => Gen.Select(Gen.ULong, Gen.Int[0, 200]).Sample((seed, count) =>
    {
        int[] items = [.. Enumerable.Range(0, count)];
        new Pcg32(seed).Shuffle(items);
        return items.Order().SequenceEqual(Enumerable.Range(0, count));
    });

    [Fact]
    public void NextBelow_stays_below() => Gen.Select(Gen.ULong, Gen.Int[1, int.MaxValue]).Sample((seed, bound) =>
        new Pcg32(seed).NextBelow(bound) is int value && value >= 0 && value < bound);
}
