using System.Globalization;

namespace TinyQuant.Tool.Output;

/// <summary>Numbers with their units.</summary>
internal static class Units
{
    /// <summary>A time in the unit that suits it.</summary>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 10_000 => nanoseconds.ToString("N0", CultureInfo.InvariantCulture) + " ns",
        < 10_000_000 => (nanoseconds / 1e3).ToString("N1", CultureInfo.InvariantCulture) + " us",
        _ => (nanoseconds / 1e6).ToString("N1", CultureInfo.InvariantCulture) + " ms",
    };
}
