namespace TinyQuant.Build;

/// <summary>
/// The codes of what can be wrong with the models of a project. Each has a section in docs/diagnostics.md, as those of
/// the targets have.
/// </summary>
internal static class ErrorCodes
{
    /// <summary>An item names a file that does not exist.</summary>
    public const string FileMissing = "TQ101";

    /// <summary>The file cannot be imported.</summary>
    public const string NotImported = "TQ102";

    /// <summary>The item's kind of file or its metadata is not one that there is.</summary>
    public const string WrongItem = "TQ103";

    /// <summary>A model is in a project in another language than C#.</summary>
    public const string WrongLanguage = "TQ109";

    /// <summary>A published program needs a newer glibc than the project allows.</summary>
    public const string GlibcTooNew = "TQ111";
}
