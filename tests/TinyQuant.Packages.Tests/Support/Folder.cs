namespace TinyQuant.Packages.Tests.Support;

/// <summary>A folder for one test, with a space and letters beyond ASCII in its name.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("Modèle ö ").FullName;

    /// <summary>A path in it; its directory is there.</summary>
    public string File(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Copies the model of one layer there, older than anything that is built.</summary>
    public string Model(string name)
    {
        string path = File(name);
        System.IO.File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, "tiny.tflite"), path, overwrite: true);
        return Older(path);
    }

    /// <summary>
    /// Puts another model in the place of one, as <c>cp -p</c> does: with an old time, and of the same size.
    /// </summary>
    public void Replace(string model)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(model);
        ReadOnlySpan<byte> weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 128];
        int at = bytes.AsSpan().IndexOf(weights);
        Assert.True(at >= 0, $"{model} does not hold the weights of tiny.tflite.");
        bytes[at] = 42;
        System.IO.File.WriteAllBytes(model, bytes);
        Older(model);
    }

    /// <summary>Writes a text with an old time.</summary>
    public string Text(string name, string text)
    {
        string path = File(name);
        System.IO.File.WriteAllText(path, text);
        return Older(path);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Older(string path)
    {
        System.IO.File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-10));
        return path;
    }
}
