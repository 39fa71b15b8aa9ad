using System.Globalization;

namespace TinyQuant.Evaluation.Verification;

/// <summary>How far a real value may be from what was expected: the larger of two distances.</summary>
/// <param name="Relative">As a part of the expected value's magnitude.</param>
/// <param name="Absolute">Whatever the value.</param>
public readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>What sums in another order, fused products and another processor's exponential come to.</summary>
    public static Tolerance Float32 { get; } = new(1e-4, 1e-5);

    /// <summary>No distance: the same value, whatever the sign of a zero.</summary>
    public static Tolerance None { get; }

    /// <summary>
    /// Whether a value is right. Only NaN is right for NaN, and only the same infinity for an infinity: no distance to
    /// these is a number that could be small enough.
    /// </summary>
    public bool Accepts(double expected, double actual) =>
        expected.Equals(actual)
        || (double.IsFinite(expected)
            && Math.Abs(expected - actual) <= Math.Max(Absolute, Relative * Math.Abs(expected)));

    /// <summary>Both, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Relative:0.#########} of the value or {Absolute:0.#########}, whichever is larger");
}
