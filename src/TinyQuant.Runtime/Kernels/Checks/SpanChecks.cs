using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TinyQuant.Kernels.Checks;

/// <summary>Checks of span lengths; what throws is kept out of the kernels' own code.</summary>
internal static class SpanChecks
{
    /// <summary>One more than a span can have.</summary>
    public const long TooMany = 1L << 31;

    /// <summary>A product of sizes, 1 or more each; <see cref="TooMany"/> where no span is as long.</summary>
    public static long Product(int a, int b, int c = 1, int d = 1) =>
        Math.Min(Math.Min(Math.Min((long)a * b, TooMany) * c, TooMany) * d, TooMany);

    /// <summary>A length that a span can have.</summary>
    /// <exception cref="ArgumentException">None can.</exception>
    public static int Fit(long length, string name)
    {
        if (length is < 0 or >= TooMany)
        {
            Throw(length, TooMany - 1, name, "limit of a span");
        }

        return (int)length;
    }

    public static void Equal(int actual, long expected, string name, string other)
    {
        if (actual != expected)
        {
            Throw(actual, expected, name, other);
        }
    }

    public static void AtLeast(int actual, long needed, string name, string other)
    {
        if (actual < needed)
        {
            Throw(actual, needed, name, other);
        }
    }

    /// <summary>
    /// The one message of all length errors: a message of its own costs each check up to 1 KB of binary.
    /// </summary>
    [DoesNotReturn, StackTraceHidden]
    public static void Throw(long actual, long needed, string name, string other) =>
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"The {name} has {actual} elements, but the {other} asks for {needed}."), name);
}
