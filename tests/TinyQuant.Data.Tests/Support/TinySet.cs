using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace TinyQuant.Data.Tests;

/// <summary>A data set of a few small images that takes MNIST's place in tests.</summary>
internal sealed class TinySet
{
    private readonly Dictionary<string, byte[]> _contents = [];

    public TinySet(string name, int salt, string? package = null)
    {
        KnownFile[] files =
        [
            Add("train-images-idx3-ubyte", IdxKind.Images, Images(6, salt)),
            Add("train-labels-idx1-ubyte", IdxKind.Labels, Labels(6)),
            Add("t10k-images-idx3-ubyte", IdxKind.Images, Images(3, salt + 1)),
            Add("t10k-labels-idx1-ubyte", IdxKind.Labels, Labels(3)),
        ];
        Known = new(
            name,
            name.ToUpperInvariant(),
            files[0],
            files[1],
            files[2],
            files[3],
            ["a", "b"],
            package is null ? [new("https://one.example/m/"), new("https://two.example/m/")] : [],
            package);
    }

    public KnownDataSet Known { get; }

    public byte[] Content(string name) => _contents[name];

    public byte[] Compressed(string name) => Gzip(_contents[name]);

    /// <summary>Writes the four files, compressed.</summary>
    public void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (KnownFile file in Known.Files)
        {
            File.WriteAllBytes(Path.Combine(directory, file.CompressedName), Compressed(file.Name));
        }
    }

    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    public static byte[] Head(params uint[] words)
    {
        var bytes = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * 4), words[i]);
        }

        return bytes;
    }

    public static byte[] Images(int count, int salt) =>
        [.. Head(0x803, (uint)count, 4, 5), .. Enumerable.Range(0, count * 20).Select(i => (byte)((i * 7) + salt))];

    public static byte[] Labels(int count) =>
        [.. Head(0x801, (uint)count), .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];

    private KnownFile Add(string name, IdxKind kind, byte[] content)
    {
        _contents.Add(name, content);
        return new(name, kind, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
