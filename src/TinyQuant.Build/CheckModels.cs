using Microsoft.Build.Framework;
using TinyQuant.Model;

namespace TinyQuant.Build;

/// <summary>
/// Checks the <c>TinyQuantModel</c> items of a project: that each file is there, is of a kind that can be built, and has
/// metadata that mean something. What is wrong is an error at the project file, since the item stands there.
/// </summary>
public sealed class CheckModels : Microsoft.Build.Utilities.Task
{
    private const string RoundingMetadata = "Rounding";
    private const string NameMetadata = "ModelName";

    /// <summary>The items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

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
        return !Log.HasLoggedErrors;
    }

    private static (string Code, string Message)? Wrong(ITaskItem model)
    {
        string path = model.ItemSpec;
        string rounding = model.GetMetadata(RoundingMetadata);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (path.Any(char.IsControl) || model.GetMetadata("FullPath").Any(char.IsControl))
        {
            // A line's end in it would begin an option of the compiler's, such as one that loads an assembly.
            return (ErrorCodes.WrongItem, $"TinyQuantModel '{path}' has a control character in its path; expected none: rename the file or folder");
        }
        if (extension is not (".tqm" or ".tflite"))
        {
            return (ErrorCodes.WrongItem, $"TinyQuantModel '{path}' is no kind of file that can be built; expected .tflite or .tqm");
        }
        if (!File.Exists(model.GetMetadata("FullPath")))
        {
            return (ErrorCodes.FileMissing, $"TinyQuantModel '{path}' does not exist; expected a .tflite or .tqm file, or no such item");
        }
        if (extension == ".tqm" && (rounding.Length > 0 || model.GetMetadata(NameMetadata).Length > 0))
        {
            return (ErrorCodes.WrongItem, $"TinyQuantModel '{path}' has {RoundingMetadata} or {NameMetadata}; expected neither, since a .tqm file states its own");
        }
        return rounding.Length > 0 && !Roundings.TryParse(rounding, out _)
            ? (ErrorCodes.WrongItem, $"TinyQuantModel '{path}' has {RoundingMetadata} '{rounding}'; expected double, single or float-even")
            : null;
    }
}
