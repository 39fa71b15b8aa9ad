using System.Globalization;
using System.Runtime.CompilerServices;

namespace TinyQuant.Tests;

/// <summary>
/// Cultures in which text goes wrong: another minus sign, a decimal comma, another calendar, another upper case of i. A
/// project that uses them has no InvariantGlobalization, and so needs what the SDK itself needs: ICU, or
/// DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, with which there are no cultures but the invariant one and such as are made
/// up.
/// </summary>
internal static class Cultures
{
    private static readonly string[] s_names = ["sv-SE", "ar-SA", "tr-TR", "fa-IR", "de-CH", "th-TH"];

    /// <summary>Whether this process has cultures of the system's.</summary>
    public static bool AreThere { get; } = CultureInfo.GetCultures(CultureTypes.SpecificCultures).Length > 1;

    /// <summary>Those that tests take, for each of which a made-up one is there where the system has none.</summary>
    public static IReadOnlyList<CultureInfo> Some { get; } =
        AreThere ? [.. s_names.Select(CultureInfo.GetCultureInfo), MadeUp()] : [MadeUp()];

    /// <summary>Of all that the system has one of each way to write; the made-up one where it has none.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } =
        AreThere
            ? [.. CultureInfo.GetCultures(CultureTypes.AllCultures).DistinctBy(WayToWrite, StringComparer.Ordinal)]
            : [MadeUp()];

    /// <summary>What a function gives with the thread in a culture.</summary>
    public static T In<T>(CultureInfo culture, Func<T> function)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo ofTexts = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            return function();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = ofTexts;
        }
    }

    private static string WayToWrite(CultureInfo culture) =>
        (-1234567.5).ToString("N2", culture) + double.NaN.ToString(culture) + double.NegativeInfinity.ToString(culture)
            + 0.5.ToString("P1", culture)
        + new DateTime(2026, 11, 30, 13, 14, 15, DateTimeKind.Utc).ToString("yyyy/d HH:mm", culture)
        + "iI".ToUpper(culture) + "iI".ToLower(culture);

    /// <summary>
    /// The minus sign of Swedish, the decimal comma of most of Europe, and names that no other culture has.
    /// </summary>
    private static CultureInfo MadeUp()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo
        {
            NegativeSign = "\u2212",
            PositiveSign = "plus",
            NumberDecimalSeparator = ",",
            NumberGroupSeparator = "\u00a0",
            PercentDecimalSeparator = ",",
            PercentGroupSeparator = "\u00a0",
            PercentSymbol = "pc",
            NaNSymbol = "no number",
            PositiveInfinitySymbol = "ever",
            NegativeInfinitySymbol = "never",
        };
        culture.DateTimeFormat.DateSeparator = "|";
        culture.DateTimeFormat.TimeSeparator = "|";
        return culture;
    }

    /// <summary>Tests do not depend on the culture of whoever runs them.</summary>
    [ModuleInitializer]
    internal static void StartInvariant() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture =
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
}
