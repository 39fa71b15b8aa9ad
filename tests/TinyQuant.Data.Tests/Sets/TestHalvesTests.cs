namespace TinyQuant.Data.Tests;

public class TestHalvesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Every_example_is_in_one_half_and_the_halves_are_always_the_same(int count)
    {
        var test = new LabelledVectors(
            "d/test", 1, Enumerable.Range(0, count).Select(i => (float)i).ToArray(), new byte[count]);
        (LabelledExamples choosing, LabelledExamples untouched) = TestHalves.Of(test);

        float[] a = Values(choosing), b = Values(untouched);
        Assert.Equal((count / 2, count - (count / 2)), (a.Length, b.Length));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (float)i), a.Concat(b).Order());
        Assert.Equal(("d/test-choosing", "d/test-untouched"), (choosing.Name, untouched.Name));
        Assert.Equal(a, Values(TestHalves.Of(test).Choosing));
        if (count == 1000)
        {
            Assert.InRange(a.Average(), 450, 550); // neither half is the first one: data may be sorted by class
        }
    }

    [Fact]
    public void One_example_cannot_both_choose_and_measure() => Assert.Contains(
        "d/test has 1 examples; expected two",
        Assert.Throws<ArgumentException>(() =>
            TestHalves.Of(new LabelledVectors("d/test", 1, new float[1], new byte[1]))).Message,
        StringComparison.Ordinal);

    private static float[] Values(LabelledExamples examples) => [.. Enumerable.Range(0, examples.Count).Select(i =>
    {
        float[] value = new float[1];
        examples.ReadReals(i, value);
        return value[0];
    })];
}
