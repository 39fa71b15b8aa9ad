namespace TinyQuant.Data;

/// <summary>
/// Test examples in two halves, for whoever has to choose by examples that a network never learned from: one half
/// chooses, and only the other one measures what was chosen. The halves are always the same ones.
/// </summary>
public static class TestHalves
{
    private const ulong Seed = 1;

    /// <summary>The halves; of an odd number the greater one measures.</summary>
    /// <param name="test">Test examples, two at least.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static (LabelledExamples Choosing, LabelledExamples Untouched) Of(LabelledExamples test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (test.Count < 2)
        {
            throw new ArgumentException(
                $"{test.Name} has {test.Count} {test.Noun}; expected two at least, some to choose by and others "
                    + "to measure on.", nameof(test));
        }

        int[] order = [.. Enumerable.Range(0, test.Count)];
        Pcg32.At(Seed, "test halves", 0, 0).Shuffle(order);
        int half = test.Count / 2;
        return (test.Select(order.AsSpan(0, half), $"{test.Name}-choosing"),
            test.Select(order.AsSpan(half), $"{test.Name}-untouched"));
    }
}
