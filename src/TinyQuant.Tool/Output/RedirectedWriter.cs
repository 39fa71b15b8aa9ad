using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TinyQuant.Model;

namespace TinyQuant.Tool.Output;

/// <summary>
/// Text for a file, a pipe or the log of a build server: no line in it begins with a colon, since GitHub's runner obeys
/// lines that begin with <c>::</c>, and a name may come to stand there where a table or a long line is broken. Of
/// control characters it has ends of lines, tabs and colours.
/// </summary>
/// <param name="inner">Where it goes.</param>
internal sealed partial class RedirectedWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    private bool _isAtStart = true; // nothing but blanks and colours on this line yet
    private bool _endsInHash;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var text = new StringBuilder(buffer.Length);
        int from = 0;
        foreach (ValueMatch own in Own().EnumerateMatches(buffer))
        {
            Append(text, buffer[from..own.Index]);
            text.Append(buffer.Slice(own.Index, own.Length));
            from = own.Index + own.Length;
            _isAtStart |= buffer[own.Index] is '\n' or '\r';
        }

        Append(text, buffer[from..]);
        inner.Write(text.ToString());
    }

    public override void Flush() => inner.Flush();

    private void Append(StringBuilder text, ReadOnlySpan<char> piece)
    {
        ReadOnlySpan<char> first = piece.TrimStart();
        if (_endsInHash && piece.StartsWith('#'))
        {
            text.Append("\\u0023"); // of two in a row one is shown so, as Printable does
            piece = piece[1..];
        }
        else if (_isAtStart && first.StartsWith(':'))
        {
            text.Append(piece[..^first.Length]).Append("\\u003a");
            piece = first[1..];
        }

        _isAtStart &= first.IsEmpty;
        _endsInHash = piece.EndsWith('#');
        text.Append(Printable.Text(piece.ToString()));
    }

    /// <summary>What the command writes itself: ends of lines, tabs, colours.</summary>
    [GeneratedRegex(@"[\r\n\t]|\x1b\[[0-9;]*m", RegexOptions.CultureInvariant)]
    private static partial Regex Own();
}
