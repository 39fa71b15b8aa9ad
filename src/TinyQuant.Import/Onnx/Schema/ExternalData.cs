using System.Globalization;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Where the elements of a tensor lie in a file beside the model's.</summary>
internal sealed class ExternalData
{
    private string _location = "";
    private long _offset;
    private long? _length;

    /// <summary>Takes one of the words that say it.</summary>
    public void Add(string key, string value)
    {
        switch (key)
        {
            case "location": _location = value; break;
            case "offset": _offset = Number(key, value); break;
            case "length": _length = Number(key, value); break;
            default: break; // a checksum, and what writers add
        }
    }

    /// <summary>The bytes, without a copy.</summary>
    /// <param name="tensor">What messages call the tensor.</param>
    /// <param name="files">The files beside the model's; null where there are none.</param>
    /// <exception cref="MalformedFileException">The place makes no sense.</exception>
    /// <exception cref="UnsupportedException">There is no such file.</exception>
    public ReadOnlyMemory<byte> Read(string tensor, Func<string, ReadOnlyMemory<byte>?>? files)
    {
        if (!IsBelow(_location))
        {
            throw new MalformedFileException(
                $"{tensor} lies in '{_location}'; expected a path below the model's folder");
        }

        ReadOnlyMemory<byte> file = files?.Invoke(_location) ?? throw new UnsupportedException(
            $"{tensor} lies in '{_location}', a file beside the model's, which is not there");
        long length = _length ?? (file.Length - _offset);
        return _offset <= file.Length && length >= 0 && length <= file.Length - _offset
            ? file.Slice((int)_offset, (int)length)
            : throw new MalformedFileException(
                Invariant($"{tensor} lies in '{_location}' from byte {_offset} on, {length} bytes; the file has ")
                    + Invariant($"{file.Length}"));
    }

    /// <summary>Whether a path is relative and leads to nothing above.</summary>
    private static bool IsBelow(string path) =>
        path.Length > 0 && path[0] is not ('/' or '\\') && path.IndexOfAny([':', '\0']) < 0
            && !path.Split('/', '\\').Contains("..");

    private static long Number(string key, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new MalformedFileException(
                $"the {key} of a tensor in another file is '{value}'; expected a number");
}
