namespace TinyQuant.Tool.Commands;

/// <summary>What pages are called after the files of their models.</summary>
internal static class PageNames
{
    /// <summary>The file with its directory: many models are called model.tflite.</summary>
    public static string Shown(string path) => string.Join("/", Segments(path).TakeLast(2));

    /// <summary>
    /// For each file its name without the ending, after as many of its directories as tell it from the others:
    /// <c>kws.tqm</c> is kws; <c>kws/model.tflite</c> beside <c>vww/model.tflite</c> is kws-model.
    /// </summary>
    /// <exception cref="ArgumentException">Two of them are one file, or would be one page.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> paths)
    {
        string[][] segments = [.. paths.Select(p => Segments(Path.ChangeExtension(p, null)))];
        string[] names = [.. segments.Select((own, i) => Enumerable.Range(1, own.Length).Select(n => Name(own, n))
            .FirstOrDefault(name =>
                !segments.Where((_, j) => j != i)
                    .Any(other => Enumerable.Range(1, other.Length).Any(n => Same(Name(other, n), name))))
                        ?? Path.GetFileName(
                paths[i]))];
        int twice = Array.FindIndex(names, name => names.Count(other => Same(other, name)) > 1);
        return twice < 0
            ? names
            : throw new ArgumentException(
                $"'{paths[twice]}' is named twice, or another model would have its page; expected files of "
                    + "different names.");
    }

    /// <summary>
    /// The pages of several models beside the one that leads to them; none for one model, or where names clash.
    /// </summary>
    public static IEnumerable<string> Pages(string html, IReadOnlyList<string> paths)
    {
        try
        {
            return paths.Count > 1 ? [.. Of(paths).Select(name => Beside(html, name))] : [];
        }
        catch (ArgumentException)
        {
            return []; // told when they are read
        }
    }

    /// <summary>
    /// The page of one of several models: of report.html and kws, report.kws.html in the same directory.
    /// </summary>
    public static string Beside(string html, string name) => Path.Combine(
        Path.GetDirectoryName(html)!, $"{Path.GetFileNameWithoutExtension(html)}.{name}{Path.GetExtension(html)}");

    private static string[] Segments(string path) =>
        Path.GetFullPath(path).Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);

    private static string Name(string[] segments, int count) => string.Join("-", segments.TakeLast(count));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
