namespace TinyQuant.Model.Attributes;

/// <summary>A word of a statement: its text, unquoted, and where it stands.</summary>
internal readonly record struct Token(string Text, int Line, int Column, int Length, bool Quoted)
{
    /// <summary>Whether it is this keyword, and not a quoted name that happens to read the same.</summary>
    public bool Is(string keyword) => !Quoted && Text == keyword;
}
