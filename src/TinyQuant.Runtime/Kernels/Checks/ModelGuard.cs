using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The checks at the entry of generated methods: lengths, and memory that is nobody else's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelGuard
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
            SpanChecks.Throw(actual, expected, name, "model");
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
            SpanChecks.Throw(actual, needed, name, "model");
        }
    }

    /// <summary>What is read and what is written share no byte, whatever the length of either: constant time.</summary>
    /// <typeparam name="TRead">The element type of one span.</typeparam>
    /// <typeparam name="TWritten">The element type of the other.</typeparam>
    /// <param name="read">An input.</param>
    /// <param name="written">An output, or the part of the arena that is used.</param>
    /// <param name="name">The parameter of <paramref name="read"/>.</param>
    /// <param name="otherName">The parameter of <paramref name="written"/>.</param>
    /// <exception cref="ArgumentException">They overlap; the message names both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // one method for every pair of types, and not one for each
    public static void Apart<TRead, TWritten>(
        ReadOnlySpan<TRead> read, Span<TWritten> written, string name, string otherName)
        where TRead : unmanaged
        where TWritten : unmanaged
    {
        if (MemoryMarshal.AsBytes(read).Overlaps(MemoryMarshal.AsBytes(written)))
        {
            ThrowOverlap(name, otherName);
        }
    }

    /// <summary>The same for two spans that are written.</summary>
    /// <typeparam name="TFirst">The element type of one span.</typeparam>
    /// <typeparam name="TSecond">The element type of the other.</typeparam>
    /// <param name="first">An output.</param>
    /// <param name="second">Another output, or the part of the arena that is used.</param>
    /// <param name="name">The parameter of <paramref name="first"/>.</param>
    /// <param name="otherName">The parameter of <paramref name="second"/>.</param>
    /// <exception cref="ArgumentException">They overlap; the message names both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart<TFirst, TSecond>(Span<TFirst> first, Span<TSecond> second, string name, string otherName)
        where TFirst : unmanaged
        where TSecond : unmanaged =>
        Apart((ReadOnlySpan<TFirst>)first, second, name, otherName);

    [DoesNotReturn, StackTraceHidden]
    private static void ThrowOverlap(string name, string otherName) => throw new ArgumentException(
        $"The {name} and the {otherName} overlap in memory, so that one would be overwritten while the other is "
            + "in use; "
        + "expected memory of its own for each.", name);
}
