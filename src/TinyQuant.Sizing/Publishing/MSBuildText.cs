namespace TinyQuant.Sizing.Publishing;

/// <summary>Text in a project or behind <c>-p:NAME=</c>, where some characters mean something.</summary>
internal static class MSBuildText
{
    private const string Special = "%$@'();?*,";

    /// <summary>
    /// Text that stands for itself. A semicolon or comma behind <c>-p:NAME=</c> begins another property, and some name
    /// files that a build runs; a folder can be called anything.
    /// </summary>
    public static string Escape(string text) =>
        string.Concat(
            text.Select(c =>
                Special.Contains(c, StringComparison.Ordinal) ? Invariant($"%{(int)c:X2}") : c.ToString()));
}
