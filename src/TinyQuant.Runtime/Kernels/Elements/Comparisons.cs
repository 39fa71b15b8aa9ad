using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <summary>A comparison of two numbers; a kernel is generic over it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IComparison
{
    /// <summary>Whether it holds.</summary>
    /// <param name="left">Any number.</param>
    /// <param name="right">Any number.</param>
    static abstract bool Holds<T>(T left, T right)
        where T : INumber<T>;

    /// <summary>All bits of each lane of which it holds.</summary>
    internal static abstract Vector128<T> Holds<T>(Vector128<T> left, Vector128<T> right);
}

/// <summary>Whether both are the same number.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EqualTo : IComparison
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<T>(T left, T right)
        where T : INumber<T> => left == right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IComparison.Holds<T>(Vector128<T> left, Vector128<T> right) =>
        Vector128.Equals(left, right);
}

/// <summary>Whether they differ; NaN differs from everything.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NotEqualTo : IComparison
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<T>(T left, T right)
        where T : INumber<T> => left != right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IComparison.Holds<T>(Vector128<T> left, Vector128<T> right) =>
        ~Vector128.Equals(left, right);
}

/// <summary>Whether the left one is the greater.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GreaterThan : IComparison
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<T>(T left, T right)
        where T : INumber<T> => left > right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IComparison.Holds<T>(Vector128<T> left, Vector128<T> right) =>
        Vector128.GreaterThan(left, right);
}

/// <summary>Whether the left one is not the smaller; never of NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GreaterThanOrEqual : IComparison
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<T>(T left, T right)
        where T : INumber<T> => left >= right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IComparison.Holds<T>(Vector128<T> left, Vector128<T> right) =>
        Vector128.GreaterThanOrEqual(left, right);
}

/// <summary>Whether the left one is the smaller.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LessThan : IComparison
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<T>(T left, T right)
        where T : INumber<T> => left < right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IComparison.Holds<T>(Vector128<T> left, Vector128<T> right) =>
        Vector128.LessThan(left, right);
}

/// <summary>Whether the left one is not the greater; never of NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LessThanOrEqual : IComparison
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<T>(T left, T right)
        where T : INumber<T> => left <= right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IComparison.Holds<T>(Vector128<T> left, Vector128<T> right) =>
        Vector128.LessThanOrEqual(left, right);
}
