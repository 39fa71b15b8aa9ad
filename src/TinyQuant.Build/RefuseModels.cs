using Microsoft.Build.Framework;

namespace TinyQuant.Build;

/// <summary>
/// Refuses the <c>TinyQuantModel</c> items of a project for which the generator writes nothing, each by its name.
/// </summary>
public sealed class RefuseModels : Microsoft.Build.Utilities.Task
{
    /// <summary>The items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>What the project is written in.</summary>
    [Required]
    public string Language { get; set; } = "";

    /// <summary>What would work.</summary>
    [Required]
    public string Remedy { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (ITaskItem model in Models)
        {
            Log.Error(ErrorCodes.WrongLanguage, Project,
                $"TinyQuantModel '{model.ItemSpec}' is in a project in {Language}, and a model is compiled into "
                    + "C# only; "
                + Remedy);
        }

        return !Log.HasLoggedErrors;
    }
}
