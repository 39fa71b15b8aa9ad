using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// A position that holds on to no syntax tree, so that a cached pipeline step keeps no compilation alive.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Span">Characters from its start.</param>
/// <param name="Lines">The same as lines and columns.</param>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo Of(SyntaxNode node) => Of(node.GetLocation());

    public static LocationInfo Of(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    /// <summary>
    /// On the compilation's own tree, where <c>#pragma</c> and .editorconfig apply; by path alone in a model file.
    /// </summary>
    public Location ToLocation(Compilation compilation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath == Path && tree.Length >= Span.End && tree.GetLineSpan(Span).Span == Lines)
            {
                return Location.Create(tree, Span);
            }
        }

        return Location.Create(Printable.Text(Path), Span, Lines); // the compiler writes it as it is
    }
}
