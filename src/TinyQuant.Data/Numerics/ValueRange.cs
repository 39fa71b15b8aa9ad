namespace TinyQuant.Data;

/// <summary>The smallest and the largest value that a tensor was seen to hold.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
public readonly record struct ValueRange(float Min, float Max)
{
    /// <summary>The range of some values.</summary>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public static ValueRange Of(ReadOnlySpan<float> values)
    {
        int at = NonFinite.IndexIn(values);
        return at < 0
            ? Unchecked(values)
            : throw new ArgumentException(
                FormattableString.Invariant($"{values[at]} at {at} is not a finite number."), nameof(values));
    }

    /// <summary>The same, and NaN where one is.</summary>
    internal static ValueRange Unchecked(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("There are no values to take the range of.", nameof(values));
        }

        float min = values[0];
        float max = values[0];
        foreach (float value in values)
        {
            min = MathF.Min(min, value);
            max = MathF.Max(max, value);
        }

        return new ValueRange(min, max);
    }

    /// <summary>The smallest range that holds both.</summary>
    public ValueRange Union(ValueRange other) => new(MathF.Min(Min, other.Min), MathF.Max(Max, other.Max));
}
