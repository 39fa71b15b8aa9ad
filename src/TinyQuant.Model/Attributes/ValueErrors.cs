using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Model.Attributes;

/// <summary>What is wrong with values of attributes, wherever they come from; null where nothing is.</summary>
internal static class ValueErrors
{
    public const string FiniteNumber = "a finite number";

    /// <summary>What an integer of a range may be.</summary>
    public static string IntegerOf(int min, int max) => Invariant($"an integer from {min} to {max}");

    /// <summary>What a list of integers may be.</summary>
    public static string IntegersOf(int min, int max) => Invariant($"integers from {min} to {max}, as in 1,2");

    /// <summary>A value that is none of this attribute's.</summary>
    public static string NoValue(string key, string value, string expected) =>
        $"'{value}' is not a value of '{key}'; expected {expected}";

    /// <summary>A list of another length.</summary>
    public static string OtherCount(string key, int count, int expected) =>
        Invariant($"'{key}' has {count} values; expected {expected}");

    public static string? Float(string key, float value) => float.IsNaN(value) || float.IsInfinity(value)
        ? NoValue(key, value.ToString("R", CultureInfo.InvariantCulture), FiniteNumber)
        : null;

    public static string? Integer(string key, int value, int min, int max) => value < min || value > max
        ? NoValue(key, value.ToString(CultureInfo.InvariantCulture), IntegerOf(min, max))
        : null;

    public static string? Integers(string key, ImmutableArray<int> values, int count, int min, int max)
    {
        if (values.IsDefaultOrEmpty)
        {
            return NoValue(key, "", IntegersOf(min, max));
        }

        foreach (int value in values)
        {
            if (value < min || value > max)
            {
                return NoValue(key, value.ToString(CultureInfo.InvariantCulture), IntegersOf(min, max));
            }
        }

        return count >= 0 && values.Length != count ? OtherCount(key, values.Length, count) : null;
    }
}
