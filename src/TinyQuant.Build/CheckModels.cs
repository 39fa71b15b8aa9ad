using Microsoft.Build.Framework;
using TinyQuant.Import;
using TinyQuant.Model;

namespace TinyQuant.Build;

/// <summary>
/// Checks the <c>TinyQuantModel</c> items of a project: that each file is there, is of a kind that can be built, and
/// has metadata that mean something; and of all additional files that their paths can be handed to the compiler. What
/// is wrong is an error at the project file, since the item stands there.
/// </summary>
public sealed class CheckModels : Microsoft.Build.Utilities.Task
{
    private const string RoundingMetadata = "Rounding";
    private const string NameMetadata = "ModelName";
    private const string FullPath = "FullPath";

    /// <summary>What names of models end in.</summary>
    private static readonly string[] s_extensions = [.. ModelImporter.All.Select(i => i.Extension), ".tqm"];

    private static string Extensions => $"{string.Join(", ", s_extensions[..^1])} or {s_extensions[^1]}";

    /// <summary>The items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The additional files of the compiler, which may be models too.</summary>
    public ITaskItem[] AdditionalFiles { get; set; } = [];

    /// <summary>The project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (ITaskItem model in Models)
        {
            if (Wrong(model) is var (code, message))
            {
                Log.Error(code, Project, message);
            }
        }

        var checkedPaths = Models.Select(m => m.GetMetadata(FullPath)).ToHashSet(StringComparer.Ordinal);
        foreach (ITaskItem file in AdditionalFiles.Where(f => !checkedPaths.Contains(f.GetMetadata(FullPath))))
        {
            bool isModel = IsModel(Path.GetExtension(file.ItemSpec).ToLowerInvariant());
            if (WrongPath("AdditionalFiles", file, isModel) is { } message)
            {
                Log.Error(ErrorCodes.WrongItem, Project, message);
            }
        }

        return !Log.HasLoggedErrors;
    }

    private static bool IsModel(string extension) => s_extensions.Contains(extension);

    /// <summary>
    /// The compiler gets its options line by line. A line's end in a path would begin an option, such as one that loads
    /// an assembly; and one of Unicode's line ends a line of the file that MSBuild writes of additional files, which is
    /// read as an .editorconfig: it would set the severity of any diagnostic.
    /// </summary>
    private static string? WrongPath(string kind, ITaskItem item, bool isModel)
    {
        bool IsWrong(char c) => c is '\u2028' or '\u2029'
            || (isModel ? char.IsControl(c) : c is '\r' or '\n' or '\u0085');
        if (!item.ItemSpec.Any(IsWrong) && !item.GetMetadata(FullPath).Any(IsWrong))
        {
            return null;
        }

        return $"{kind} '{item.ItemSpec}' has a control character in its path; expected none: rename the file or "
            + "folder";
    }

    private static (string Code, string Message)? Wrong(ITaskItem model)
    {
        string path = model.ItemSpec;
        string rounding = model.GetMetadata(RoundingMetadata);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (WrongPath("TinyQuantModel", model, isModel: true) is { } wrong)
        {
            return (ErrorCodes.WrongItem, wrong);
        }

        if (!IsModel(extension))
        {
            return (ErrorCodes.WrongItem,
                $"TinyQuantModel '{path}' is no kind of file that can be built; expected {Extensions}");
        }

        if (!File.Exists(model.GetMetadata(FullPath)))
        {
            return (ErrorCodes.FileMissing,
                $"TinyQuantModel '{path}' does not exist; expected a {Extensions} file, or no such item");
        }

        if (SourceMetadata.Wrong(model, extension) is { } wrongMetadata)
        {
            return (ErrorCodes.WrongItem, $"TinyQuantModel '{path}' {wrongMetadata}");
        }

        if (extension == ".tqm" && (rounding.Length > 0 || model.GetMetadata(NameMetadata).Length > 0))
        {
            return (ErrorCodes.WrongItem,
                $"TinyQuantModel '{path}' has {RoundingMetadata} or {NameMetadata}; expected neither, since a "
                    + ".tqm file states its own");
        }

        return rounding.Length > 0 && !Roundings.TryParse(rounding, out _)
            ? (ErrorCodes.WrongItem,
                $"TinyQuantModel '{path}' has {RoundingMetadata} '{rounding}'; expected double, single or float-even")
            : null;
    }
}
