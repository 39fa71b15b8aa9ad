using System.Globalization;

namespace TinyQuant.Report.Markup;

/// <summary>Numbers as they stand on the page, the same on every system.</summary>
internal static class Figures
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static string Count(long value) => value.ToString("N0", s_culture);

    public static string Bytes(long value) => Count(value) + " B";

    /// <summary>A count with its noun, which takes an s where it is not one.</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>A fraction of 1 in per cent.</summary>
    public static string Percent(double fraction, int decimals = 1) =>
        (100 * fraction).ToString(Invariant($"F{decimals}"), s_culture) + " %";

    /// <summary>A part of a whole in per cent; of nothing it is 0.</summary>
    public static double Share(double part, double whole) => whole > 0 ? 100 * part / whole : 0;

    public static string Real(double value, int digits = 4) => value.ToString(Invariant($"G{digits}"), s_culture);

    /// <summary>Signal to noise; one without noise has no number.</summary>
    public static string Decibels(double value) =>
        double.IsPositiveInfinity(value)
            ? "exact"
            : double.IsFinite(value) ? value.ToString("F1", s_culture) : "no signal";

    /// <summary>A time in the unit that suits it.</summary>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => nanoseconds.ToString("F0", s_culture) + " ns",
        < 1e6 => (nanoseconds / 1e3).ToString("F2", s_culture) + " µs",
        _ => (nanoseconds / 1e6).ToString("F2", s_culture) + " ms",
    };
}
