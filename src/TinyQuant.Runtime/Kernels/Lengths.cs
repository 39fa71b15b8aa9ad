using System.Globalization;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace TinyQuant.Kernels;

/// <summary>Checks of span lengths; what throws is kept out of the kernels' own code.</summary>
internal static class Lengths
{
    public static void Equal(int actual, int expected, string name, string other)
    {
        if (actual != expected)
        {
            Throw(actual, expected, name, other);
        }
    }

    public static void AtLeast(int actual, int needed, string name, string other)
    {
        if (actual < needed)
        {
            Throw(actual, needed, name, other);
        }
    }

    /// <summary>The one message of all length errors: a message of its own costs each check up to 1 KB of binary.</summary>
    [DoesNotReturn, StackTraceHidden]
    public static void Throw(long actual, long needed, string name, string other) =>
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"The {name} has {actual} elements, but the {other} asks for {needed}."), name);
}
