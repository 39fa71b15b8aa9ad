namespace TinyQuant.Data;

/// <summary>Whether the values of examples are of sizes that one scale can hold.</summary>
public static class FeatureSizes
{
    private const int LeastCodes = 8;
    private const int Codes = 255;

    /// <summary>
    /// What is wrong with the sizes: an int8 model has one scale for all values of its input, and where some values
    /// vary by less than 8 of its 256 steps, next to nothing is left of them. Null where that is not so, and for
    /// pixels.
    /// </summary>
    /// <param name="examples">What a network learns from.</param>
    public static string? Describe(LabelledExamples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Range is not null || examples.Count == 0)
        {
            return null;
        }

        float[] least = new float[examples.Length], most = new float[examples.Length],
            values = new float[examples.Length];
        examples.ReadReals(0, least);
        examples.ReadReals(0, most);
        for (int i = 1; i < examples.Count; i++)
        {
            examples.ReadReals(i, values);
            for (int f = 0; f < values.Length; f++)
            {
                (least[f], most[f]) = (MathF.Min(least[f], values[f]), MathF.Max(most[f], values[f]));
            }
        }

        double step = ((double)MathF.Max(0, most.Max()) - MathF.Min(0, least.Min())) / Codes;
        double[] spread = [.. most.Zip(least, (a, b) => (double)a - b)];
        int[] lost = [.. Enumerable.Range(0, spread.Length).Where(f => spread[f] > 0 && spread[f] < LeastCodes * step)];
        if (lost.Length == 0)
        {
            return null;
        }

        int narrowest = lost.MinBy(f => spread[f]);
        int widest = Array.IndexOf(spread, spread.Max());
        return FormattableString.Invariant($"The values of an example are of very different size: value ")
            + FormattableString.Invariant($"{widest + 1} goes from {least[widest]:G4} to {most[widest]:G4}, value ")
            + FormattableString.Invariant($"{narrowest + 1} from {least[narrowest]:G4} to {most[narrowest]:G4}. ")
            + FormattableString.Invariant($"int8 has one scale for all, here in steps of {step:G3}: {lost.Length} ")
            + FormattableString.Invariant($"of {spread.Length} values vary by less than {LeastCodes} steps, and ")
            + "training is slow too. "
            + "Bring each to about one range first, such as (value - mean) / deviation over the training data.";
    }
}
