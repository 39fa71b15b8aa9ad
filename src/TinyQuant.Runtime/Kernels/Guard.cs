using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>The length checks at the entry of generated methods.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>A tensor's span has exactly its length.</summary>
    /// <param name="actual">Elements that the caller passed.</param>
    /// <param name="expected">Elements that the model takes.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The lengths differ; the message names both.</exception>
    public static void Length(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            Lengths.Throw(actual, expected, name, "model");
        }
    }

    /// <summary>The arena has at least the bytes that the model needs.</summary>
    /// <param name="actual">Bytes that the caller passed.</param>
    /// <param name="needed">Bytes that the model needs.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The arena is too small; the message names both sizes.</exception>
    public static void Arena(int actual, int needed, string name)
    {
        if (actual < needed)
        {
            Lengths.Throw(actual, needed, name, "model");
        }
    }
}
