using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>A page of the documentation: every Markdown file of the repository is one.</summary>
internal sealed class Page
{
    private static readonly string[] s_skipped = [".git", "artifacts", "bin", "obj", "__snapshots__"];

    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePipeTables().UsePreciseSourceLocation().Build();

    private static readonly Lazy<IReadOnlyDictionary<string, Page>> s_all = new(() =>
        Find(Repository.Root).ToDictionary(p => p.Path));

    private readonly MarkdownDocument _document;

    private Page(string path)
    {
        Path = path;
        Text = File.ReadAllText(path).ReplaceLineEndings("\n");
        _document = Markdown.Parse(Text, s_pipeline);
    }

    public static IEnumerable<Page> All => s_all.Value.Values;

    public string Path { get; }

    public string Text { get; }

    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors =>
        _document.Descendants<HeadingBlock>().Select(h => h.TryGetAttributes()?.Id).OfType<string>();

    /// <summary>Where its links and pictures lead.</summary>
    public IEnumerable<string> Links => _document.Descendants<LinkInline>().Select(l => l.Url).OfType<string>();

    /// <summary>What stands as code within its sentences and tables.</summary>
    public IEnumerable<string> CodeSpans => _document.Descendants<CodeInline>().Select(c => c.Content);

    public IEnumerable<CodeBlock> CodeBlocks
    {
        get
        {
            for (int i = 0; i < _document.Count; i++)
            {
                if (_document[i] is FencedCodeBlock fence)
                {
                    string? mark = i > 0 && _document[i - 1] is HtmlBlock html ? Comment(html) : null;
                    FencedCodeBlock? next = i + 1 < _document.Count ? _document[i + 1] as FencedCodeBlock : null;
                    next ??= i + 2 < _document.Count && _document[i + 1] is ParagraphBlock
                        ? _document[i + 2] as FencedCodeBlock
                        : null;
                    yield return new CodeBlock(this, fence.Line + 1, fence.Info ?? "", Lines(fence), mark,
                        next?.Info == "text" ? Lines(next) : null);
                }
            }
        }
    }

    /// <summary>The page at a path, or null where there is none.</summary>
    public static Page? At(string path) => s_all.Value.GetValueOrDefault(System.IO.Path.GetFullPath(path));

    private static string Lines(FencedCodeBlock fence) => fence.Lines.ToString().ReplaceLineEndings("\n");

    private static string Comment(HtmlBlock html)
    {
        string text = html.Lines.ToString().Trim();
        return text.StartsWith("<!--", StringComparison.Ordinal) && text.EndsWith("-->", StringComparison.Ordinal)
            ? text[4..^3].Trim()
            : "";
    }

    private static IEnumerable<Page> Find(string directory) =>
        Directory.EnumerateFiles(directory, "*.md").Select(f => new Page(f))
        .Concat(Directory.EnumerateDirectories(directory).Where(d => !s_skipped.Contains(System.IO.Path.GetFileName(d)))
        .SelectMany(Find));
}

/// <summary>A block of code of a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Code">The code.</param>
/// <param name="Mark">The comment right before it.</param>
/// <param name="Output">The block of text right after it, or after one paragraph.</param>
internal sealed record CodeBlock(Page Page, int Line, string Language, string Code, string? Mark, string? Output)
{
    public override string ToString() => $"{Page.Name}:{Line}";
}
