namespace TinyQuant.Data.IO;

/// <summary>
/// A file that is written beside its place and then put there in one step, or not at all. Its temporary name cannot be
/// guessed, is made only where there is nothing of that name, and is gone when this is disposed of.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private const UnixFileMode Permissions = (UnixFileMode)0x1ff;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly string? _temporary;
    private readonly UnixFileMode? _mode;

    private StagedFile(string place, string? temporary, UnixFileMode? mode, FileStream stream)
    {
        Place = place;
        _temporary = temporary;
        _mode = mode;
        Stream = stream;
    }

    /// <summary>Where it will be: behind all links.</summary>
    public string Place { get; }

    /// <summary>Whether it is written to as it is: what cannot be replaced, such as <c>/dev/stdout</c>.</summary>
    public bool IsDevice => _temporary is null;

    /// <summary>Takes what is written.</summary>
    public FileStream Stream { get; }

    /// <summary>Where a path is written, after all that can be said against it before the work.</summary>
    /// <exception cref="IOException">It is a directory, or links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">It is read-only, or behind a link not to be followed.</exception>
    public static string PlaceOf(string path)
    {
        if (Path.GetFileName(Path.GetFullPath(path)).Length == 0)
        {
            throw new IOException($"'{path}' is a directory, not a file to write.");
        }

        string place = FilePlace.ForWriting(path);
        if (Directory.Exists(place))
        {
            throw new IOException($"'{path}' is a directory, not a file to write.");
        }

        return !IsReadOnly(place) ? place : throw new UnauthorizedAccessException(
            $"'{path}' is read-only; expected a file that may be written to, or another name.");
    }

    /// <summary>Makes the temporary file; the directory too, where it is missing.</summary>
    /// <inheritdoc cref="PlaceOf" path="/exception"/>
    public static StagedFile Open(string path)
    {
        string place = PlaceOf(path);
        if (FilePlace.IsDevice(place))
        {
            var device = new FileStream(place, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            return new StagedFile(place, null, null, device);
        }

        string directory = Path.GetDirectoryName(place)!;
        // In the same directory, so that the move is a rename within one file system and thereby atomic; without the
        // file's name, to which a part more would make some too long.
        string temporary = Path.Combine(directory, $".tinyquant-{Path.GetRandomFileName()}.tmp");
        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(place)
            ? null
            : File.GetUnixFileMode(place) & Permissions;
        bool isOurs = FileStatus.OfLink(place)?.Owner is not { } owner || owner == FileStatus.User;
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 16,
        };
        if (mode is { } old && !OperatingSystem.IsWindows())
        {
            // Never open to more than the old file was, not even while it is written. What another user gave his file
            // is cut by the umask, since the new file is this user's.
            how.UnixCreateMode = isOurs ? old & Private : old;
        }

        try
        {
            Directory.CreateDirectory(directory);
            return new StagedFile(place, temporary, isOurs ? mode : null, new FileStream(temporary, how));
        }
        catch (Exception e) when (IsOfSystem(e))
        {
            throw Named(e, path, temporary, place);
        }
    }

    /// <summary>Puts it in its place, on the disk.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: _temporary is not null);
        if (_temporary is null)
        {
            return;
        }

        if (_mode is { } mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Stream.SafeFileHandle, mode);
        }

        Stream.Dispose();
        File.Move(_temporary, Place, overwrite: true);
    }

    /// <summary>An error with the name that the user knows: the system's messages have the temporary one.</summary>
    public Exception Named(Exception e, string path) => Named(e, path, _temporary ?? Place, Place);

    public void Dispose()
    {
        try
        {
            try
            {
                Stream.Dispose(); // what is still to be written to a full disk fails once more
            }
            finally
            {
                if (_temporary is not null)
                {
                    File.Delete(_temporary);
                }
            }
        }
        catch (Exception e) when (IsOfSystem(e))
        {
            // The first error is the one to tell; a temporary file left behind is never read.
        }
    }

    /// <summary>Whether the system refused; a file beyond its largest size (EFBIG) is an argument to .NET.</summary>
    public static bool IsOfSystem(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static Exception Named(Exception e, string path, string temporary, string place)
    {
        string reason = e is ArgumentException ? "the file is larger than this system lets files be." : e.Message;
        string message = $"'{path}' cannot be written: {reason.Replace(temporary, place, StringComparison.Ordinal)}";
        return e is UnauthorizedAccessException
            ? new UnauthorizedAccessException(message, e)
            : new IOException(message, e);
    }

    /// <summary>Nobody may write to it. A move would put another in its place without a word.</summary>
    private static bool IsReadOnly(string place) => File.Exists(place) && !FilePlace.IsDevice(place)
        && (OperatingSystem.IsWindows()
            ? new FileInfo(place).IsReadOnly
            : (File.GetUnixFileMode(place) & Writable) == 0);
}
