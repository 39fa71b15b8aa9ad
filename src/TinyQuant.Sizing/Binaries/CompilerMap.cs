using System.Globalization;
using System.Xml;

namespace TinyQuant.Sizing.Binaries;

/// <summary>Something that the NativeAOT compiler put into its object file.</summary>
/// <param name="Kind">Its kind, such as <c>MethodCode</c> or <c>FieldRvaData</c>.</param>
/// <param name="Length">Its bytes, without the padding behind it.</param>
public sealed record CompilerNode(string Kind, long Length);

/// <summary>
/// The map of the NativeAOT compiler, which a build with <c>IlcGenerateMapFile</c> writes: what each symbol of its
/// object file is.
/// </summary>
public sealed class CompilerMap
{
    private const string GarbageCollection = "GCInfo"; // has the name of its method, and no symbol

    private readonly Dictionary<string, CompilerNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>What has that symbol; null where the compiler did not make it.</summary>
    public CompilerNode? Find(string symbol) => _nodes.GetValueOrDefault(symbol);

    /// <summary>Reads a map.</summary>
    /// <exception cref="InvalidDataException">It is no map.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CompilerMap Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Parse(file, path);
    }

    /// <summary>Reads a map.</summary>
    /// <param name="text">The XML.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no map.</exception>
    public static CompilerMap Parse(Stream text, string name)
    {
        var map = new CompilerMap();
        try
        {
            using var reader = XmlReader.Create(text);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.Name != GarbageCollection
                    && reader.GetAttribute("Name") is { } symbol && reader.GetAttribute("Length") is { } length)
                {
                    map._nodes.TryAdd(symbol,
                        new CompilerNode(
                            reader.Name, long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture)));
                }
            }
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"'{name}' is no map of the NativeAOT compiler: {e.Message}");
        }

        return map.Count > 0
            ? map
            : throw new InvalidDataException(
                $"'{name}' is no map of the NativeAOT compiler: nothing in it has a name and a length.");
    }
}
