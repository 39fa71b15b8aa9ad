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

    /// <summary>Copies the model of one layer there.</summary>
    public string Model(string name)
    {
        string path = File(name);
        System.IO.File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, "tiny.tflite"), path, overwrite: true);
        System.IO.File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-10));
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
