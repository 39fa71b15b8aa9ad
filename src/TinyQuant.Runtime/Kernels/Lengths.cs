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

    [DoesNotReturn, StackTraceHidden]
    private static void Throw(int actual, int needed, string name, string other) =>
        throw new ArgumentException($"The {name} has {actual} elements, but the {other} asks for {needed}.", name);
}
