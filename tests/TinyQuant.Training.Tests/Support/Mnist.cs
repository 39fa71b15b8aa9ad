using System.IO.Compression;
using TinyQuant.Training.Data;

namespace TinyQuant.Training.Tests.Support;

/// <summary>Runs where <c>TINYQUANT_DATA</c> names a folder with the four MNIST files.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MnistFactAttribute : FactAttribute
{
    public MnistFactAttribute()
    {
        if (!File.Exists(Mnist.Path("train-images-idx3-ubyte.gz")))
        {
            Skip = "TINYQUANT_DATA does not name a folder with the MNIST files.";
        }
    }
}

internal static class Mnist
{
    public static LabelledImages Train => Read("train", 60_000);

    public static LabelledImages Test => Read("t10k", 10_000);

    public static string Path(string name) =>
        System.IO.Path.Combine(Environment.GetEnvironmentVariable("TINYQUANT_DATA") ?? "", name);

    private static LabelledImages Read(string half, int count) => new(
        "mnist/" + half, 28, 28,
        Content($"{half}-images-idx3-ubyte.gz", 16, count * 784),
        Content($"{half}-labels-idx1-ubyte.gz", 8, count));

    private static byte[] Content(string name, int header, int length)
    {
        using var stream = new GZipStream(File.OpenRead(Path(name)), CompressionMode.Decompress);
        byte[] content = new byte[header + length];
        stream.ReadExactly(content);
        return content[header..];
    }
}
