namespace TinyQuant.Build;

/// <summary>Where a code is explained.</summary>
internal static class HelpLinks
{
    public static string Of(string code) =>
        "https://github.com/tinyquant/tinyquant/blob/main/docs/diagnostics.md#" + code.ToLowerInvariant();
}
