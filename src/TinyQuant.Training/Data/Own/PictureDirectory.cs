namespace TinyQuant.Training.Data;

/// <summary>Pictures of one size in a subdirectory for each class.</summary>
internal static class PictureDirectory
{
    public static NamedExamples Read(string directory, string name, PictureDecoder? decoder)
    {
        string[] extensions = decoder is null ? [".pgm"] : [".pgm", ".png"];
        List<string> classes = [];
        List<byte> pixels = [];
        GreyPicture? first = null;
        string firstPath = "";
        foreach (string folder in Folders(directory))
        {
            foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                string extension = Path.GetExtension(path).ToLowerInvariant();
                if (!extensions.Contains(extension))
                {
                    continue;
                }
                GreyPicture picture = extension == ".pgm" ? PgmReader.Read(path) : decoder!(path);
                if (first is null)
                {
                    (first, firstPath) = (picture, path);
                }
                if ((picture.Rows, picture.Columns) != (first.Rows, first.Columns))
                {
                    throw new InvalidDataException(
                        Invariant($"{path} is {picture.Rows}x{picture.Columns}; expected {first.Rows}x{first.Columns}, as {firstPath} is."));
                }
                classes.Add(Path.GetFileName(folder));
                pixels.AddRange(picture.Pixels);
            }
        }
        if (first is null)
        {
            throw new FileNotFoundException($"{directory}: there are no pictures in it; expected a subdirectory for each class, with {string.Join(" or ", extensions)} in it.");
        }
        (var names, byte[] labels) = NamedExamples.Label(classes, directory);
        return new NamedExamples(new LabelledImages(name, first.Rows, first.Columns, pixels.ToArray(), labels), names);
    }

    private static IEnumerable<string> Folders(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)
        : throw new DirectoryNotFoundException($"there is no directory '{directory}'.");
}
