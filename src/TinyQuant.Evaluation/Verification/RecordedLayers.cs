using System.Globalization;
using TinyQuant.Data.IO;

namespace TinyQuant.Evaluation.Verification;

/// <summary>What a reference computed in each operator for one input.</summary>
/// <param name="Operator">The index of the operator in the reference's model.</param>
/// <param name="Code">Its name there.</param>
/// <param name="Tensor">The name of its output.</param>
/// <param name="Bytes">The output, little-endian.</param>
public sealed record RecordedLayer(int Operator, string Code, string Tensor, byte[] Bytes)
{
    private const int MostSharing = 4;

    /// <summary>
    /// Reads a table of layers: tab-separated columns with the headings op, code, offset, bytes and name, and the raw
    /// bytes beside it, in a file with the ending <c>.bin</c>. Layers may share bytes, but not so often that a small
    /// file takes much memory: all of them have at most four times as many bytes as that file.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not such a table; the message names the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<RecordedLayer> Read(string path)
    {
        string data = Path.ChangeExtension(path, ".bin");
        if (!File.Exists(path) || !File.Exists(data))
        {
            throw new FileNotFoundException($"there is no file '{(File.Exists(path) ? data : path)}'.");
        }

        byte[] bytes = WholeFile.ReadAllBytes(data);
        string[] lines = [.. WholeFile.ReadAllText(path).Split('\n').Select(line => line.TrimEnd('\r'))];
        string[] headings = lines.Length == 0 ? [] : lines[0].Split('\t');
        var layers = new List<RecordedLayer>();
        long left = (long)MostSharing * bytes.Length;
        for (int line = 1; line < lines.Length; line++)
        {
            if (lines[line].Length > 0)
            {
                layers.Add(Parse(lines[line].Split('\t'), headings, bytes, ref left) ?? throw new InvalidDataException(
                    Invariant($"'{path}' line {line + 1}: '{lines[line]}' is not a layer; expected columns op, ")
                        + Invariant($"code, offset, bytes and name, within the {bytes.Length} bytes of '{data}' ")
                        + Invariant($"and with those before it in at most {MostSharing} times as many")));
            }
        }

        return layers;
    }

    private static RecordedLayer? Parse(string[] cells, string[] headings, byte[] bytes, ref long left)
    {
        string? Cell(string heading) =>
            Array.IndexOf(headings, heading) is >= 0 and int i && i < cells.Length ? cells[i] : null;
        int? Number(string heading) =>
            int.TryParse(Cell(heading), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
        return Number("op") is { } op && Number("offset") is { } offset && Number("bytes") is { } length
            && Cell("name") is { } name
            && (long)offset + length <= bytes.Length && (left -= length) >= 0
            ? new RecordedLayer(op, Cell("code") ?? "", name, bytes.AsSpan(offset, length).ToArray())
            : null;
    }
}
