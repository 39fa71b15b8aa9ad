using System.Text;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Tflite.Refusals;

/// <summary>
/// Files of other kinds under a model's name, by their first bytes: what people have in hand when a download, a
/// checkout or a conversion did not give them a TensorFlow Lite model.
/// </summary>
internal static class ForeignFiles
{
    private const int Looked = 4_096;

    /// <summary>What to do about such a file, and what it is; null where it is none of those known here.</summary>
    public static string? Find(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, Looked)];
        return start switch
        {
            _ when start.IsEmpty => "copy or download it again: the file is empty",
            _ when start.StartsWith((byte[])[0x89, .. "HDF"u8]) =>
                "convert it with tf.lite.TFLiteConverter.from_keras_model: this is HDF5, a Keras model or its "
                    + "weights (.h5)",
            _ when start.StartsWith("PK\x03\x04"u8) =>
                "unpack or convert it: this is a ZIP archive, as .keras and .pt files are",
            _ when start.StartsWith((byte[])[0x1f, 0x8b]) =>
                "unpack it, with 'gunzip' or 'tar xzf': this is a gzip archive",
            _ when IsText(start) => OfText(Encoding.UTF8.GetString(start)),
            _ when OnnxReader.Recognizes(start.ToArray()) => "let its name end in .onnx: this is an ONNX model",
            _ => null,
        };
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (byte b in start)
        {
            if (b < ' ' && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }

    private static string? OfText(string text)
    {
        const int manyBytes = 10;
        string start = text.TrimStart('\ufeff', ' ', '\t', '\r', '\n');
        return start.StartsWith("version https://git-lfs", StringComparison.Ordinal)
            ? "run 'git lfs pull' in its repository: this is a Git LFS pointer, not the model itself"
            : start.StartsWith("tinyquant-model", StringComparison.Ordinal)
                ? "let its name end in .tqm: this is a model file of TinyQuant already"
            : start.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                ? "download it again, by the link to the raw file: this is a web page"
            : text.Split("0x").Length > manyBytes || text.Contains("unsigned char", StringComparison.Ordinal)
                ? "turn it back into bytes, for example with grep -o '0x[0-9a-fA-F]*' FILE | xxd -r -p > "
                    + "model.tflite: this is C source with a model as an array"
            : null;
    }
}
