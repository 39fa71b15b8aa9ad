using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model.Format;

/// <summary>
/// The errors of one file. There is an end to them: nobody reads a thousand, and a wrong file may hold millions.
/// </summary>
internal sealed class ErrorList
{
    public const int Max = 100;

    private readonly List<ModelError> _errors = [];

    public int Count => _errors.Count;

    public bool IsFull => Count >= Max;

    public void Add(ModelErrorKind kind, int line, int column, int length, string message) =>
        Add(new ModelError(kind, line, column, length, message));

    public void Add(ModelErrorKind kind, Token at, string message) => Add(kind, at.Line, at.Column, at.Length, message);

    public void Add(ModelError error)
    {
        if (!IsFull)
        {
            _errors.Add(error);
        }
    }

    /// <summary>All errors in the order of the file.</summary>
    public ImmutableArray<ModelError> ToImmutable() =>
        _errors.OrderBy(e => e.Line).ThenBy(e => e.Column).ToImmutableArray();
}
