using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>Links lead to files and headings that are there.</summary>
public class LinkTests
{
    /// <summary>The pages of packages are read elsewhere, so they link to the repository's address.</summary>
    private const string Address = "https://github.com/tinyquant/tinyquant/blob/main/";

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_heading() => Nothing.IsIn(
        from page in Page.All
        from link in page.Links
        where (!link.Contains("://", StringComparison.Ordinal) || link.StartsWith(Address, StringComparison.Ordinal))
            && !Leads(page, link)
        select $"{page.Name}: {link}");

    [Fact]
    public void Every_address_elsewhere_is_a_whole_one() => Nothing.IsIn(
        from page in Page.All
        from link in page.Links
        where link.Contains("://", StringComparison.Ordinal) && !Uri.IsWellFormedUriString(link, UriKind.Absolute)
        select $"{page.Name}: {link}");

    [Fact]
    public void Every_chapter_is_in_the_table_of_contents()
    {
        Page contents = Page.All.Single(p => p.Name == "docs/README.md");
        Nothing.IsIn(Page.All.Select(p => p.Name)
            .Where(n =>
                n.StartsWith("docs/", StringComparison.Ordinal)
                    && !n.StartsWith("docs/figures/", StringComparison.Ordinal) && n != contents.Name)
            .Except(contents.Links.Select(l => "docs/" + l)));
    }

    private static bool Leads(Page page, string link)
    {
        string[] parts = link.Split('#', 2);
        string path = parts[0].Length == 0 ? page.Path
            : parts[0].StartsWith(Address, StringComparison.Ordinal) ? Repository.File(parts[0][Address.Length..])
            : Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]);
        return (File.Exists(path) || Directory.Exists(path))
            && (parts.Length == 1 || (Page.At(path)?.Anchors.Contains(parts[1]) ?? false));
    }
}
