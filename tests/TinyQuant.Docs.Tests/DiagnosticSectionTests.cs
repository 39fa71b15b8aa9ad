using Microsoft.CodeAnalysis;
using TinyQuant.Generator;

namespace TinyQuant.Docs.Tests;

/// <summary>Every diagnostic has a section where its help link points.</summary>
public class DiagnosticSectionTests
{
    [Fact]
    public void Every_diagnostic_has_a_section_where_its_help_link_points()
    {
        Page page = Page.All.Single(p => p.Name == "docs/diagnostics.md");
        foreach (DiagnosticDescriptor descriptor in AllDescriptors())
        {
            Assert.EndsWith(
                $"/{page.Name}#{descriptor.Id.ToLowerInvariant()}", descriptor.HelpLinkUri, StringComparison.Ordinal);
            int start = page.Text.IndexOf($"\n## {descriptor.Id}\n", StringComparison.Ordinal);
            Assert.True(start >= 0, $"{page.Name} has no section '## {descriptor.Id}'");
            int end = page.Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
            Assert.Contains(descriptor.Title.ToString(), page.Text[start..(end < 0 ? page.Text.Length : end)],
                StringComparison.Ordinal);
        }
    }

    private static DiagnosticDescriptor[] AllDescriptors()
    {
        DiagnosticDescriptor[] all = [
            .. typeof(Descriptors).GetFields().Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>()];
        Assert.NotEmpty(all);
        return all;
    }
}
