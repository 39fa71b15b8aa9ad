namespace TinyQuant.Architecture.Tests;

/// <summary>
/// Folders of a project form no circle: of two rooms, at most one needs the other. Of each folder, what lies in it
/// directly and each folder in it with all that is below are held against each other; that no circle of single folders
/// is left follows.
/// </summary>
public sealed class FolderCircleTests
{
    private const string Here = "(here)";
    private const int Shown = 6;

    public static TheoryData<string> Projects => [.. SourceProject.Names];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_form_no_circle(string project)
    {
        string found = string.Join("\n", CirclesOf(SourceProject.Load(project)));
        Assert.True(found.Length == 0, found);
    }

    [Fact]
    public void The_projects_of_src_are_looked_at() =>
        Assert.Contains("src/TinyQuant.Runtime/TinyQuant.Runtime.csproj", SourceProject.Names);

    private static IEnumerable<string> CirclesOf(SourceProject project)
    {
        IReadOnlyList<FileReference> references = FileReference.Of(project);
        return references.Select(r => project.FolderOf(r.From)).SelectMany(Above).Distinct()
            .Order(StringComparer.Ordinal)
            .SelectMany(folder => CirclesOf(project, folder, references));
    }

    /// <summary>
    /// The circles between what lies directly in a folder: each a text that names the files, the thinnest ties first.
    /// </summary>
    private static IEnumerable<string> CirclesOf(
        SourceProject project, string folder, IReadOnlyList<FileReference> references)
    {
        var ties = (
            from reference in references
            let @from = Room(folder, project.FolderOf(reference.From))
            let to = Room(folder, project.FolderOf(reference.To))
            where @from is not null && to is not null && @from != to
            group reference by (From: @from, To: to)).ToList();
        foreach (IReadOnlyList<string> circle in Circles.Of(ties.Select(t => t.Key)))
        {
            yield return $"Folders of {project.Name}/{folder} form a circle: {string.Join(", ", circle)}";
            foreach (var tie in ties.Where(t => circle.Contains(t.Key.From) && circle.Contains(t.Key.To))
                .OrderBy(t => t.Count()))
            {
                yield return $"  {tie.Key.From} -> {tie.Key.To}, {tie.Count()} files:";
                foreach (FileReference reference in tie.Take(Shown))
                {
                    yield return $"    {project.Shown(reference.From)} uses {reference.Symbol} of "
                        + $"{project.Shown(reference.To)}";
                }
            }
        }
    }

    /// <summary>A folder and all that it lies in.</summary>
    private static IEnumerable<string> Above(string folder)
    {
        for (string at = folder; at.Length > 0; at = Path.GetDirectoryName(at)!)
        {
            yield return at;
        }

        yield return "";
    }

    /// <summary>
    /// What of a folder another one belongs to: the folder itself, or one directly in it; null where it is elsewhere.
    /// </summary>
    private static string? Room(string folder, string other)
    {
        if (other == folder)
        {
            return Here;
        }

        string start = folder.Length == 0 ? "" : folder + "/";
        return other.StartsWith(start, StringComparison.Ordinal) ? other[start.Length..].Split('/')[0] : null;
    }
}
