namespace TinyQuant.Docs.Tests;

internal static class Nothing
{
    /// <summary>Fails with a line for each of the findings, where there are any.</summary>
    public static void IsIn(IEnumerable<string> findings)
    {
        string[] found = [.. findings.Distinct()];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
