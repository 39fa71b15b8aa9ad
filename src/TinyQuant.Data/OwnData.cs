namespace TinyQuant.Data;

/// <summary>
/// A user's own data: a directory of IDX files, a CSV file (or a directory with <c>train.csv</c> and <c>test.csv</c>)
/// of pixels or of real numbers, or a directory of pictures with a subdirectory for each class (or with <c>train</c>
/// and <c>test</c> of such).
/// </summary>
public static class OwnData
{
    private const int TestPart = 5;
    private const ulong SplitSeed = 1;

    /// <summary>
    /// Loads it. Without a test half of its own, a fifth becomes that: always the same examples, so that no command
    /// measures on what another one trained on.
    /// </summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="name">What the data set is called.</param>
    /// <param name="decoder">Reads pictures other than PGM; null where there is none.</param>
    /// <exception cref="IOException">It cannot be read, or there is nothing in it.</exception>
    /// <exception cref="InvalidDataException">A file is wrong; the message names it, and the line where there are
    /// lines.</exception>
    public static DataSet Load(string path, string name, PictureDecoder? decoder = null) =>
        Load(path, name, new OwnDataOptions { Decoder = decoder });

    /// <inheritdoc cref="Load(string, string, PictureDecoder?)"/>
    /// <param name="path">The file or directory.</param>
    /// <param name="name">What the data set is called.</param>
    /// <param name="options">What cannot be seen from the files.</param>
    public static DataSet Load(string path, string name, OwnDataOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(options);
        DataSet data = Read(path, name, options);
        return data with { Notes = [.. data.Notes, .. ExampleChecks.Of(data)] };
    }

    private static DataSet Read(string path, string name, OwnDataOptions options)
    {
        if (File.Exists(path))
        {
            var all = CsvData.Read(path, options);
            return Split(all.ToExamples($"{name}/all", all.HoldsPixels), name, path, [all.Note]);
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"there is no file or directory '{path}'.");
        }

        if (IdxDirectory.Find(path) is { } files)
        {
            RequireNoColumns(path, options);
            return Join(IdxDirectory.Read(files[0], files[1], $"{name}/train"),
                IdxDirectory.Read(files[2], files[3], $"{name}/test"), name, path, []);
        }

        if (File.Exists(Path.Combine(path, "train.csv")))
        {
            var train = CsvData.Read(Path.Combine(path, "train.csv"), options);
            var test = CsvData.Read(Path.Combine(path, "test.csv"), options, train);
            bool asPixels = train.HoldsPixels && test.HoldsPixels;
            return Join(train.ToExamples($"{name}/train", asPixels), test.ToExamples($"{name}/test", asPixels), name,
                path, [train.Note, test.Note]);
        }

        RequireNoColumns(path, options);
        if (PictureDirectory.Half(path, "train") is { } half)
        {
            string other = PictureDirectory.Half(path, "test")
                ?? throw new DirectoryNotFoundException(
                    $"{path}: there is a directory 'train' and no 'test'; expected both, or a subdirectory for "
                        + "each class.");
            var train = PictureDirectory.Read(half, $"{name}/train", options.Decoder);
            var test = PictureDirectory.Read(other, $"{name}/test", options.Decoder);
            return Join(train.Examples, test.Examples, name, path, [train.Note, test.Note]);
        }

        var pictures = PictureDirectory.Read(path, $"{name}/all", options.Decoder);
        return Split(pictures.Examples, name, path, [pictures.Note]);
    }

    private static void RequireNoColumns(string path, OwnDataOptions options)
    {
        if (options.ClassColumn is not null || options.HasHeading is not null)
        {
            throw new ArgumentException(
                $"{path}: it has no CSV files; expected such where the column of the class or the heading is named.");
        }
    }

    private static DataSet Join(
        NamedExamples train, NamedExamples test, string name, string source, IEnumerable<string?> notes)
    {
        if ((train.Examples.Rows, train.Examples.Columns) != (test.Examples.Rows, test.Examples.Columns))
        {
            throw new InvalidDataException(
                Invariant($"{source}: the {test.Examples.Noun} to test on are ")
                    + Invariant($"{test.Examples.Rows}x{test.Examples.Columns}, ")
                + Invariant($"those to train on {train.Examples.Rows}x{train.Examples.Columns}."));
        }

        int unknown = Array.FindIndex([.. test.ClassNames], c => !train.ClassNames.Contains(c, StringComparer.Ordinal));
        return unknown < 0
            ? new DataSet(name, train.Examples,
                test.Examples.Relabel([.. test.ClassNames.Select(c => (byte)train.ClassNames.IndexOf(c))]),
                train.ClassNames, source)
            {
                Notes = [.. notes.OfType<string>()],
            }
            : throw new InvalidDataException(
                $"{source}: the classes to test on are {ClassNames.List(test.ClassNames)}; those to train on are "
                + $"{ClassNames.List(train.ClassNames)}: '{ClassNames.Cut(test.ClassNames[unknown])}' is not "
                + "among them.");
    }

    private static DataSet Split(NamedExamples all, string name, string source, IEnumerable<string?> notes)
    {
        int count = all.Examples.Count;
        int tests = count / TestPart;
        if (tests == 0)
        {
            throw new InvalidDataException(
                Invariant($"{source}: there are {count} {all.Examples.Noun}; expected {TestPart} at least."));
        }

        int[] order = [.. Enumerable.Range(0, count)];
        Pcg32.At(SplitSeed, "test half", 0, 0).Shuffle(order);
        return new DataSet(
            name, all.Examples.Select(order.AsSpan(tests), $"{name}/train"),
            all.Examples.Select(order.AsSpan(0, tests), $"{name}/test"), all.ClassNames, source)
        {
            Notes = [.. notes.OfType<string>()],
        };
    }
}
