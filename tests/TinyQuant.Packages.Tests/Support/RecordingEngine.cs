using System.Collections;
using Microsoft.Build.Framework;

namespace TinyQuant.Packages.Tests.Support;

/// <summary>Keeps what a task says, as MSBuild would print it.</summary>
internal sealed class RecordingEngine : IBuildEngine
{
    public List<string> Errors { get; } = [];

    /// <summary>What a build prints that is neither an error nor a warning.</summary>
    public List<string> Important { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool BuildProjectFile(
        string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add($"{Path.GetFileName(e.File)} {e.Code}: {e.Message}");

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
        if (e.Importance == MessageImportance.High)
        {
            Important.Add(e.Message!);
        }
    }

    public void LogWarningEvent(BuildWarningEventArgs e) => Errors.Add($"warning {e.Code}: {e.Message}");
}
