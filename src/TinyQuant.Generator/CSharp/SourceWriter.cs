using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Indented text with line feeds, the same on every machine.</summary>
internal sealed class SourceWriter
{
    private const int IndentWidth = 4;
    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>A line, indented; an empty one is not. It stays one line, whatever of a model's is in it.</summary>
    public SourceWriter Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _indent * IndentWidth).Append(Printable.Text(line));
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>Several lines.</summary>
    public SourceWriter Lines(params string[] lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }

        return this;
    }

    /// <summary>An empty line, unless a block or the file begins here or there is one.</summary>
    public SourceWriter Gap() => _text.Length == 0 || EndsWith("{\n") || EndsWith("\n\n") ? this : Line();

    /// <summary>A line without what <see cref="Line"/> adds: for long tables, written piece by piece.</summary>
    public StringBuilder Raw => _text;

    /// <summary>Opens a block under a header.</summary>
    public SourceWriter Open(string header)
    {
        Line(header).Line("{");
        _indent++;
        return this;
    }

    /// <summary>Closes the innermost block, with no empty line at its end.</summary>
    public SourceWriter Close()
    {
        _indent--;
        if (EndsWith("\n\n"))
        {
            _text.Length--;
        }

        return Line("}");
    }

    public void Indent() => _indent++;

    public void Unindent() => _indent--;

    public override string ToString() => _text.ToString();

    private bool EndsWith(string end) =>
        _text.Length >= end.Length && _text.ToString(_text.Length - end.Length, end.Length) == end;
}
