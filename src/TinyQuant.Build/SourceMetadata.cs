using Microsoft.Build.Framework;
using TinyQuant.Import;

namespace TinyQuant.Build;

/// <summary>What an item says that a model of another format leaves open.</summary>
internal static class SourceMetadata
{
    /// <summary>Options with all that an item says; what makes no sense is left out.</summary>
    public static ImportOptions Of(ITaskItem model, ImportOptions options)
    {
        foreach (SourceSetting setting in SourceSetting.All)
        {
            foreach (string text in setting.Split(model.GetMetadata(setting.Metadata)))
            {
                options = setting.With(options, text) ?? options;
            }
        }

        return options;
    }

    /// <summary>What is wrong with what an item says; null where nothing is.</summary>
    /// <param name="model">The item.</param>
    /// <param name="extension">What its file ends in, with the point, in lower case.</param>
    public static string? Wrong(ITaskItem model, string extension)
    {
        foreach (SourceSetting setting in SourceSetting.All)
        {
            IReadOnlyList<string> texts = setting.Split(model.GetMetadata(setting.Metadata));
            if (texts.Count == 0)
            {
                continue;
            }

            if (!setting.Extensions.Contains(extension, StringComparer.Ordinal))
            {
                return $"has {setting.Metadata}; expected none, "
                    + (extension == ".tqm"
                        ? "since a .tqm file states its own"
                        : $"which is for {string.Join(" and ", setting.Extensions)} files");
            }

            if (texts.FirstOrDefault(t => setting.With(new ImportOptions(), t) is null) is { } wrong)
            {
                return $"has {setting.Metadata} '{wrong}'; expected {setting.Expected}";
            }
        }

        return null;
    }
}
