using TinyQuant.Data.IO;
using TinyQuant.Report;
using TinyQuant.Tool.Files;

namespace TinyQuant.Tool.Commands;

/// <summary>A model that a report is about.</summary>
/// <param name="Name">Of its page's file, where there are several.</param>
/// <param name="Model">What is known without running it.</param>
internal sealed record ReportSource(string Name, ReportedModel Model)
{
    /// <summary>Reads and lowers all of them, before anything is measured.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="InvalidDataException">One is not a model; the message has a line for each error.</exception>
    /// <exception cref="ArgumentException">One is named twice.</exception>
    public static IReadOnlyList<ReportSource> ReadAll(IReadOnlyList<string> paths)
    {
        IReadOnlyList<string> names = PageNames.Of(paths);
        return [.. paths.Select((path, i) => new ReportSource(names[i], Read(path)))];
    }

    private static ReportedModel Read(string path)
    {
        // what is wrong with it, under the name that it was given; a page has a shorter one
        ModelFiles.Load(path, rounding: null);
        string text = ModelFiles.Text(path);
        return ReportedModel.Of(PageNames.Shown(path), WholeFile.ReadAllBytes(path), text);
    }
}
