using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TinyQuant.Architecture.Tests;

/// <summary>
/// Lines of C# are as long as .editorconfig says, at most; <c>dotnet format</c> does not look. A text in quotes may
/// reach beyond: it is found by searching for it, which a cut through it would not let.
/// </summary>
public sealed class LineLengthTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("samples")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void No_line_is_too_long(string folder)
    {
        int most = int.Parse(Setting("max_line_length"), CultureInfo.InvariantCulture);
        string[] files = [.. Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];

        Assert.NotEmpty(files);
        Assert.Equal([], files.AsParallel().AsOrdered().SelectMany(f => LongLines(f, most)));
    }

    private static string Setting(string name) => File.ReadLines(Repository.File(".editorconfig"))
        .Select(l => l.Split('=', StringSplitOptions.TrimEntries)).Single(l => l[0] == name)[1];

    private static List<string> LongLines(string file, int most)
    {
        string text = File.ReadAllText(file);
        if (!text.Split('\n').Any(l => l.Length > most))
        {
            return [];
        }

        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14));
        return [.. tree.GetText().Lines.Where(l => l.Span.Length > most && !IsText(tree.GetRoot(), l.Start + most))
            .Select(l =>
                $"{Path.GetRelativePath(Repository.Root, file)}({l.LineNumber + 1}): {l.Span.Length} characters")];
    }

    private static bool IsText(SyntaxNode root, int position)
    {
        SyntaxToken token = root.FindToken(position, findInsideTrivia: true);
        return token.Span.Contains(position)
            && (token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                || token.Parent!.AncestorsAndSelf().Any(n => n is InterpolatedStringExpressionSyntax));
    }
}
