using Microsoft.CodeAnalysis.Text;

namespace TinyQuant.CodeFixes;

/// <summary>Changes of text in several documents, made together; the same change twice counts once.</summary>
internal sealed class SolutionEdits(Solution solution)
{
    private readonly Dictionary<DocumentId, HashSet<TextChange>> _changes = [];

    /// <summary>Replaces what stands at a span of a tree; a tree that was generated is left alone.</summary>
    public void Replace(SyntaxTree tree, TextSpan span, string text)
    {
        if (solution.GetDocument(tree) is not { } document || document is SourceGeneratedDocument)
        {
            return;
        }

        if (!_changes.TryGetValue(document.Id, out HashSet<TextChange>? changes))
        {
            _changes.Add(document.Id, changes = []);
        }

        changes.Add(new TextChange(span, text));
    }

    /// <summary>Inserts text.</summary>
    public void Insert(SyntaxTree tree, int position, string text) => Replace(tree, new TextSpan(position, 0), text);

    /// <summary>The solution with all changes.</summary>
    public async Task<Solution> ApplyAsync(CancellationToken cancellation)
    {
        Solution changed = solution;
        foreach (KeyValuePair<DocumentId, HashSet<TextChange>> document in _changes)
        {
            SourceText text = await solution.GetDocument(document.Key)!.GetTextAsync(cancellation)
                .ConfigureAwait(false);
            changed = changed.WithDocumentText(
                document.Key, text.WithChanges(document.Value.OrderBy(change => change.Span.Start)));
        }

        return changed;
    }
}
