using System.Text.RegularExpressions;
using System.Xml.Linq;
using TinyQuant.Model;
using TinyQuant.Report.Pages;
using TinyQuant.Report.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Report.Tests;

/// <summary>Names of strangers on a page.</summary>
public partial class HostileNameTests
{
    [Fact]
    public void A_page_shows_names_in_characters_that_can_be_seen() =>
        Assert.All(HostileNames.Payloads.Concat(HostileNames.Random()), name =>
    {
        string label = HostileNames.Whole(name), page = Page(name, label);

        Assert.Equal(Page(Printable.Text(name), Printable.Text(label)), page);
        Assert.Empty(HostileNames.Unseen(page));
        Assert.All(Pictures().Matches(page), svg => Assert.NotNull(XDocument.Parse(svg.Value)));
    });

    private static string Page(string name, string label)
    {
        Graph graph = ModelReader.Read(Samples.Residual).Graph! with
        {
            Name = name,
            Notes = [name],
            Labels = [label, label, label, label],
            Metrics = [new(name, 1, name, 1)],
        };
        string text = ModelWriter.Write(graph);
        foreach (string tensor in new[] { "first.weights", "second", "flat" })
        {
            text = Regex.Replace(text, $"(?<= ){Regex.Escape(tensor)}(?=[ \n])",
                ModelText(name + tensor).Replace("$", "$$", StringComparison.Ordinal));
        }

        return ModelPage.Write(ReportedModel.Of(name + "/m.tqm", [], text))
            + IndexPage.Write([(ReportedModel.Of(name + "/m.tqm", [], text), "m.html")]);
    }

    /// <summary>A name as a model file has it.</summary>
    private static string ModelText(string name) =>
        "\"" + string.Concat(name.Select(c => FormattableString.Invariant($"\\u{(int)c:x4}"))) + "\"";

    [GeneratedRegex("<svg .*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Pictures();
}
