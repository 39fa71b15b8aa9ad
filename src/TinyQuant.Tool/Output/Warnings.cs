namespace TinyQuant.Tool.Output;

/// <summary>
/// What is strange, but no error: a line each on the error stream, so that what a program reads stays as it is.
/// </summary>
internal static class Warnings
{
    public static void Write(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            Screen.Error($"warning: {warning}");
        }
    }
}
