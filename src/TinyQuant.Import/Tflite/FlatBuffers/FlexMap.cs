using System.Buffers.Binary;
using System.Text;

namespace TinyQuant.Import.Tflite.FlatBuffers;

/// <summary>
/// A map of a FlexBuffer, as custom operators have their options in: numbers by name, and in the order of their names.
/// Strings, vectors and maps in it are there and have no number. Every offset is checked before it is followed; offsets
/// lead backwards, and none is followed from what one led to, so reading ends.
/// </summary>
/// <remarks>The format is that of <c>flexbuffers.h</c> of FlatBuffers, version 1.</remarks>
internal sealed class FlexMap
{
    private const int MostEntries = 1_000;
    private const int MostKeyBytes = 256;

    private readonly List<(string Key, FlexNumber? Value)> _entries = [];

    private FlexMap(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return; // no options
        }

        // At the end stand the root, its type, and the bytes of the root.
        int width = bytes.Length > 3 ? bytes[^1] : 0;
        if (width is not (1 or 2 or 4 or 8) || width > bytes.Length - 2 || Type(bytes[^2]) != FlexType.Map)
        {
            throw Damaged("they end in no map");
        }

        int root = bytes.Length - 2 - width;
        Read(bytes, Target(bytes, root, width), 1 << (bytes[^2] & 3));
    }

    /// <summary>Types that are read; all others are no numbers.</summary>
    private enum FlexType
    {
        Int = 1,
        UInt = 2,
        Float = 3,
        IndirectInt = 6,
        IndirectUInt = 7,
        IndirectFloat = 8,
        Map = 9,
        Bool = 26,
    }

    /// <summary>Reads the options of an operator; none is an empty map.</summary>
    /// <exception cref="UnsupportedException">It is no map, or damaged.</exception>
    public static FlexMap Of(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>An integer; a real number loses its fraction, as in the reference.</summary>
    /// <exception cref="UnsupportedException">It is missing and has no default, or is no number of an int.</exception>
    public int Int32(string key, int? missing = null) => Find(key) switch
    {
        null => missing ?? throw Missing(key),
        { } number => ToInt32(number, key),
    };

    /// <summary>A real number; an integer is one too.</summary>
    /// <exception cref="UnsupportedException">It is missing.</exception>
    public float Float32(string key) => (float)(Find(key) ?? throw Missing(key)).Real;

    /// <summary>Whether it is another number than 0; false where it is missing.</summary>
    public bool Flag(string key) => Find(key) is { Real: not 0 };

    /// <summary>An integer by its place in the order of names.</summary>
    /// <exception cref="UnsupportedException">It is not there, or is no number of an int.</exception>
    public int Int32At(int index) => index < _entries.Count && _entries[index].Value is { } number
        ? ToInt32(number, _entries[index].Key)
        : throw Damaged(Invariant($"they have no number at place {index}"));

    /// <summary>A real number by its place in the order of names.</summary>
    /// <exception cref="UnsupportedException">It is not there, or is no number.</exception>
    public float Float32At(int index) => index < _entries.Count && _entries[index].Value is { } number
        ? (float)number.Real
        : throw Damaged(Invariant($"they have no number at place {index}"));

    private FlexNumber? Find(string key) => _entries.Find(e => e.Key == key).Value;

    /// <summary>
    /// Before the values stand their count, the width of the keys' offsets, and the offset of the keys; behind them a
    /// byte for the type of each.
    /// </summary>
    private void Read(ReadOnlySpan<byte> bytes, int values, int width)
    {
        int keysAt = values - (3 * width);
        long count = (long)Unsigned(bytes, values - width, width);
        int keyWidth = (int)Math.Min(Unsigned(bytes, values - (2 * width), width), 16);
        if (count is < 0 or > MostEntries || keyWidth is not (1 or 2 or 4 or 8))
        {
            throw Damaged(Invariant($"they have {count} entries, and {keyWidth} bytes for the place of a name"));
        }

        int keys = Target(bytes, keysAt, width);
        int types = values + ((int)count * width);
        for (int i = 0; i < count; i++)
        {
            string key = Key(bytes, Target(bytes, keys + (i * keyWidth), keyWidth));
            _entries.Add((key, Number(bytes, values + (i * width), width, bytes[Checked(bytes, types + i, 1)])));
        }
    }

    private static FlexNumber? Number(ReadOnlySpan<byte> bytes, int at, int width, byte packed)
    {
        FlexType type = Type(packed);
        if (type is FlexType.IndirectInt or FlexType.IndirectUInt or FlexType.IndirectFloat)
        {
            at = Target(bytes, at, width);
            width = 1 << (packed & 3);
        }

        return type switch
        {
            FlexType.Int or FlexType.IndirectInt => FlexNumber.Of(Signed(bytes, at, width)),
            FlexType.UInt or FlexType.IndirectUInt or FlexType.Bool => FlexNumber.Of(Unsigned(bytes, at, width)),
            FlexType.Float or FlexType.IndirectFloat => new FlexNumber(null, Real(bytes, at, width)),
            _ => null,
        };
    }

    private static string Key(ReadOnlySpan<byte> bytes, int at)
    {
        ReadOnlySpan<byte> rest = bytes[at..Math.Min(bytes.Length, at + MostKeyBytes)];
        int length = rest.IndexOf((byte)0);
        return length >= 0 ? Encoding.UTF8.GetString(rest[..length]) : throw Damaged("a name in them has no end");
    }

    private static FlexType Type(byte packed) => (FlexType)(packed >> 2);

    private static int Target(ReadOnlySpan<byte> bytes, int at, int width)
    {
        ulong offset = Unsigned(bytes, at, width);
        return offset <= (ulong)at ? at - (int)offset : throw Damaged(
            Invariant($"the offset at byte {at} of them leads before their beginning"));
    }

    private static ulong Unsigned(ReadOnlySpan<byte> bytes, int at, int width)
    {
        ReadOnlySpan<byte> value = bytes.Slice(Checked(bytes, at, width), width);
        return width switch
        {
            1 => value[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(value),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(value),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(value),
        };
    }

    private static long Signed(ReadOnlySpan<byte> bytes, int at, int width) => width switch
    {
        1 => (sbyte)Unsigned(bytes, at, width),
        2 => (short)Unsigned(bytes, at, width),
        4 => (int)Unsigned(bytes, at, width),
        _ => (long)Unsigned(bytes, at, width),
    };

    private static double Real(ReadOnlySpan<byte> bytes, int at, int width)
    {
        ulong bits = Unsigned(bytes, at, width);
        return width switch
        {
            2 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
            4 => BitConverter.UInt32BitsToSingle((uint)bits),
            8 => BitConverter.UInt64BitsToDouble(bits),
            _ => throw Damaged("a real number in them has one byte"),
        };
    }

    private static int Checked(ReadOnlySpan<byte> bytes, int at, int length) =>
        at >= 0 && at <= bytes.Length - length ? at : throw Damaged(
            Invariant($"{length} bytes at byte {at} lie outside of their {bytes.Length}"));

    private static int ToInt32(FlexNumber number, string key)
    {
        double value = number.Integer ?? Math.Truncate(number.Real);
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new UnsupportedException(Invariant($"its option '{key}' is {value}; expected an int32"));
    }

    private static UnsupportedException Missing(string key) =>
        new($"its option '{key}' is missing; expected a number");

    private static UnsupportedException Damaged(string what) => new($"its options are damaged: {what}");
}

/// <summary>A number of a FlexBuffer.</summary>
/// <param name="Integer">Its value, where it is an integer.</param>
/// <param name="Real">Its value.</param>
internal readonly record struct FlexNumber(long? Integer, double Real)
{
    public static FlexNumber Of(long value) => new(value, value);

    public static FlexNumber Of(ulong value) => new((long)Math.Min(value, long.MaxValue), value);
}
