namespace TinyQuant.Data;

/// <summary>Pictures of one size in a subdirectory for each class.</summary>
internal sealed class PictureDirectory
{
    /// <summary>As many as IDX files may hold.</summary>
    private const long MaxBytes = IdxHeader.MaxContentLength;

    private static readonly string[] s_decoded = [".png", ".jpg", ".jpeg", ".bmp", ".webp"];

    private readonly string _directory;
    private readonly PictureDecoder? _decoder;
    private readonly ClassList _classes;
    private readonly List<byte[]> _pictures = [];
    private readonly PassedOver _passedOver;
    private string _firstPath = "";
    private (int Rows, int Columns) _size;
    private long _count; // of pixels

    private PictureDirectory(string directory, PictureDecoder? decoder)
    {
        (_directory, _decoder) = (directory, decoder);
        _passedOver = new PassedOver(directory);
        _classes = new ClassList(directory);
    }

    private string Expected =>
        _decoder is null ? ".pgm" : $".pgm, {string.Join(", ", s_decoded[..^1])} or {s_decoded[^1]}";

    /// <summary>The subdirectory of one half, however it is capitalized; null where there is none.</summary>
    public static string? Half(string directory, string name) =>
        Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)
        .FirstOrDefault(path => Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads all of it.</summary>
    /// <param name="directory">Where a subdirectory for each class is.</param>
    /// <param name="name">What the examples are called.</param>
    /// <param name="decoder">Reads pictures other than PGM; null where there is none.</param>
    /// <returns>The examples, and what was passed over; null where that was nothing.</returns>
    /// <exception cref="InvalidDataException">A picture is wrong, or of another size; the message names it.</exception>
    public static (NamedExamples Examples, string? Note) Read(string directory, string name, PictureDecoder? decoder)
    {
        var read = new PictureDirectory(directory, decoder);
        foreach (string file in Directory.EnumerateFiles(directory).Where(f => !PassedOver.IsOfTheSystem(f)))
        {
            read._passedOver.Beside(file);
        }

        foreach (string folder in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)
            .Where(f => !PassedOver.IsOfTheSystem(f)))
        {
            read.AddClass(folder);
        }

        if (read._classes.Count == 0)
        {
            throw new FileNotFoundException(
                $"{directory}: there are no pictures in it; expected a subdirectory for each class, with "
                    + $"{read.Expected} in it."
                + (read._passedOver.Describe() is { } others ? " " + others : ""));
        }

        (var names, byte[] labels) = read._classes.Label();
        var images = new LabelledImages(name, read._size.Rows, read._size.Columns, read.Pixels(), labels);
        return (new NamedExamples(images, names), read._passedOver.Describe());
    }

    private void AddClass(string folder)
    {
        int before = _classes.Count;
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .Where(f => !PassedOver.IsOfTheSystem(f)))
        {
            string extension = Path.GetExtension(path).ToLowerInvariant();
            bool isPgm = extension == ".pgm";
            if (!isPgm && (_decoder is null || !s_decoded.Contains(extension)))
            {
                _passedOver.File(path);
                continue;
            }

            GreyPicture picture = isPgm ? PgmReader.Read(path, Require(path)) : _decoder!(path, Require(path));
            Require(path)(picture.Rows, picture.Columns);
            _firstPath = _classes.Count == 0 ? path : _firstPath;
            _size = (picture.Rows, picture.Columns);
            _classes.Add(Path.GetFileName(folder));
            _pictures.Add(picture.Pixels);
            _count += picture.Pixels.Length;
        }

        if (_classes.Count == before)
        {
            _passedOver.Empty(folder);
        }

        foreach (string inner in Directory.EnumerateDirectories(folder).Where(f => !PassedOver.IsOfTheSystem(f)))
        {
            _passedOver.Inner(inner);
        }
    }

    private byte[] Pixels()
    {
        byte[] pixels = new byte[_count];
        int at = 0;
        foreach (byte[] picture in _pictures)
        {
            picture.CopyTo(pixels, at);
            at += picture.Length;
        }

        _pictures.Clear();
        return pixels;
    }

    private Action<int, int> Require(string path) => (rows, columns) =>
    {
        if (_classes.Count > 0 && (rows, columns) != _size)
        {
            throw new InvalidDataException(
                Invariant($"{path} is {rows}x{columns}; expected {_size.Rows}x{_size.Columns}, as {_firstPath} is."));
        }

        if (rows < 1 || columns < 1 || _count + ((long)rows * columns) > MaxBytes)
        {
            throw new InvalidDataException(
                Invariant($"{path} is {rows}x{columns}, and with those before it {_directory} has ")
                    + Invariant($"{_count + ((long)rows * columns)} pixels; expected {MaxBytes} at most."));
        }
    };
}
