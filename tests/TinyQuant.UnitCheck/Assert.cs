using System.Numerics;

namespace TinyQuant.Runtime.Tests;

/// <summary>
/// What the cases of the kernels' tests ask for, without the test framework, which is no part of a native program.
/// </summary>
internal static class Assert
{
    public static void Equal<T>(T[] expected, T[] actual) => Equal<T>(expected.AsEnumerable(), actual);

    public static void Equal<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        int at = 0;
        T[] there = [.. actual];
        foreach (T element in expected)
        {
            Fail(at < there.Length && EqualityComparer<T>.Default.Equals(element, there[at]),
                $"element {at} is {(at < there.Length ? there[at] : "missing")} and not {element}");
            at++;
        }

        Fail(at == there.Length, $"{there.Length} elements and not {at}");
    }

    public static void Equal<T>(T expected, T actual) =>
        Fail(EqualityComparer<T>.Default.Equals(expected, actual), $"{actual} and not {expected}");

    public static void Equal(double expected, double actual, double tolerance) =>
        Fail(
            expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance,
            $"{actual} and not {expected} within {tolerance}"); // a NaN of any sign is one

    public static void InRange<T>(T actual, T least, T most)
        where T : INumber<T> => Fail(actual >= least && actual <= most, $"{actual} is not from {least} to {most}");

    private static void Fail(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}
