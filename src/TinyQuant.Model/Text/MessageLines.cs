namespace TinyQuant.Model;

/// <summary>
/// Messages of several lines, a sentence and a list below it. The lines are kept beside the message, so that whoever
/// prints it can tell their ends from those that stand in a name.
/// </summary>
public static class MessageLines
{
    private const string Key = "TinyQuant.MessageLines";

    /// <summary>An exception with such a message.</summary>
    /// <param name="create">Makes it of a message.</param>
    /// <param name="sentence">The first line.</param>
    /// <param name="items">The others, which are indented.</param>
    public static T Of<T>(Func<string, T> create, string sentence, IEnumerable<string> items)
        where T : Exception
    {
        string[] lines = [Printable.Text(sentence), .. items.Select(Printable.Text)];
        T exception = create(string.Join(Environment.NewLine + "  ", lines));
        exception.Data[Key] = lines;
        return exception;
    }

    /// <summary>
    /// The lines of a message, without what indents them: one, whatever ends of lines stand in it, where it was not
    /// made here.
    /// </summary>
    public static IReadOnlyList<string> In(Exception exception) =>
        exception.Data[Key] as string[] ?? [Printable.Text(exception.Message)];
}
