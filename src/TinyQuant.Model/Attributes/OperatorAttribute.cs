namespace TinyQuant.Model.Attributes;

/// <summary>
/// What an operator has besides its tensors, declared once: how it is read from a model file, written to one, taken
/// over by another operator of the kind, and described. It may take several words of the file, as a window does.
/// </summary>
internal abstract class OperatorAttribute
{
    private protected OperatorAttribute(params AttributeWord[] words) => Words = words;

    /// <summary>The <c>key=value</c> words of it, for descriptions.</summary>
    public IReadOnlyList<AttributeWord> Words { get; }

    /// <summary>
    /// What is wrong with the value in an operator, in the words of a model file's reader; null where nothing is.
    /// </summary>
    /// <param name="owner">An operator that has the attribute.</param>
    public abstract string? ErrorOf(object owner);

    /// <summary>The words that differ from their defaults, as they stand in a model file.</summary>
    /// <param name="owner">An operator that has the attribute.</param>
    public abstract IEnumerable<KeyValuePair<string, string>> TextOf(object owner);
}

/// <summary>An attribute of some type.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
internal sealed class OperatorAttribute<T> : OperatorAttribute
{
    private readonly Func<object, T> _get;
    private readonly Func<AttributeReader, T> _read;
    private readonly Func<T, string?> _check;
    private readonly Func<T, IEnumerable<KeyValuePair<string, string>>> _write;

    /// <param name="get">Its value in an operator.</param>
    /// <param name="read">Its value in a model file; what is wrong is reported there.</param>
    /// <param name="check">What is wrong with a value; null where nothing is.</param>
    /// <param name="write">The words of a value that differ from their defaults.</param>
    /// <param name="words">What the words are.</param>
    public OperatorAttribute(
        Func<object, T> get, Func<AttributeReader, T> read, Func<T, string?> check,
        Func<T, IEnumerable<KeyValuePair<string, string>>> write, params AttributeWord[] words)
        : base(words)
    {
        _get = get;
        _read = read;
        _check = check;
        _write = write;
    }

    /// <summary>Its value in an operator that has it.</summary>
    public T Of(object owner) => _get(owner);

    /// <summary>Its value in a model file.</summary>
    public T Read(AttributeReader words) => _read(words);

    public override string? ErrorOf(object owner) => _check(Of(owner));

    public override IEnumerable<KeyValuePair<string, string>> TextOf(object owner) => _write(Of(owner));
}
