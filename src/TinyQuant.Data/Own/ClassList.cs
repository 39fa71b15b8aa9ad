using System.Buffers;
using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>
/// The classes of examples, one after the other: a byte for each, however long the names are, and an error with the
/// first class that is one too many.
/// </summary>
/// <param name="source">Where they come from, for messages.</param>
internal sealed class ClassList(string source)
{
    /// <summary>The most classes that a label can tell apart.</summary>
    public const int MaxClasses = 256;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, byte> _numbers = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _labels = new();

    /// <summary>How many examples there are.</summary>
    public int Count => _labels.WrittenCount;

    /// <summary>Adds the class of the next example.</summary>
    /// <exception cref="InvalidDataException">There are more than labels can tell apart.</exception>
    public void Add(ReadOnlySpan<char> name)
    {
        Dictionary<string, byte>.AlternateLookup<ReadOnlySpan<char>> lookup =
            _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(name, out byte number))
        {
            if (_names.Count == MaxClasses)
            {
                throw new InvalidDataException(
                    $"{source}: there are more than {MaxClasses} classes, {ClassNames.List(_names)}; expected "
                        + $"{MaxClasses} at most. "
                    + "Which column of a CSV file has the class, --class-column says.");
            }

            number = (byte)_names.Count;
            _names.Add(new string(name));
            _numbers.Add(_names[^1], number);
        }

        _labels.GetSpan(1)[0] = number;
        _labels.Advance(1);
    }

    /// <summary>Gives each name a label, in the order of numbers where all are, else of letters.</summary>
    public (ImmutableArray<string> Names, byte[] Labels) Label()
    {
        (ImmutableArray<string> names, byte[] labels) = ClassNames.InOrder(_names);
        byte[] all = _labels.WrittenSpan.ToArray();
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = labels[all[i]];
        }

        return (names, all);
    }
}
