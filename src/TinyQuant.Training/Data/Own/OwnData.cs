namespace TinyQuant.Training.Data;

/// <summary>
/// A user's own data: a directory of IDX files, a CSV file (or a directory with <c>train.csv</c> and <c>test.csv</c>) of pixels
/// or of real numbers, or a directory of pictures with a subdirectory for each class (or with <c>train</c> and <c>test</c> of such).
/// </summary>
public static class OwnData
{
    private const int TestPart = 5;
    private const ulong SplitSeed = 1;

    /// <summary>
    /// Loads it. Without a test half of its own, a fifth becomes that: always the same examples, so that no command measures on what
    /// another one trained on.
    /// </summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="name">What the data set is called.</param>
    /// <param name="decoder">Reads pictures other than PGM; null where there is none.</param>
    /// <exception cref="IOException">It cannot be read, or there is nothing in it.</exception>
    /// <exception cref="InvalidDataException">A file is wrong; the message names it, and the line where there are lines.</exception>
    public static DataSet Load(string path, string name, PictureDecoder? decoder = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (File.Exists(path))
        {
            var all = CsvData.Read(path);
            return Split(all.ToExamples($"{name}/all", all.HoldsPixels), name, path);
        }
        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"there is no file or directory '{path}'.");
        }
        if (IdxFiles(path) is { } files)
        {
            string[] classes = [.. Enumerable.Range(0, IdxReader.ClassCount).Select(c => Invariant($"{c}"))];
            return new DataSet(name, IdxReader.Read(files[0], files[1], $"{name}/train"), IdxReader.Read(files[2], files[3], $"{name}/test"), [.. classes], path);
        }
        if (File.Exists(Path.Combine(path, "train.csv")))
        {
            var train = CsvData.Read(Path.Combine(path, "train.csv"));
            var test = CsvData.Read(Path.Combine(path, "test.csv"));
            bool asPixels = train.HoldsPixels && test.HoldsPixels;
            return Join(train.ToExamples($"{name}/train", asPixels), test.ToExamples($"{name}/test", asPixels), name, path);
        }
        return Directory.Exists(Path.Combine(path, "train"))
            ? Join(
                PictureDirectory.Read(Path.Combine(path, "train"), $"{name}/train", decoder),
                PictureDirectory.Read(Path.Combine(path, "test"), $"{name}/test", decoder), name, path)
            : Split(PictureDirectory.Read(path, $"{name}/all", decoder), name, path);
    }

    private static string[]? IdxFiles(string directory)
    {
        string[] names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        string?[] paths = [.. names.Select(n => new[] { n, n + ".gz" }.Select(f => Path.Combine(directory, f)).FirstOrDefault(File.Exists))];
        int missing = Array.IndexOf(paths, null);
        if (missing < 0)
        {
            return [.. paths.Select(p => p!)];
        }
        return paths.All(p => p is null)
            ? null
            : throw new FileNotFoundException($"{directory}: {names[missing]} is missing; expected {string.Join(", ", names)}, each plain or .gz.");
    }

    private static DataSet Join(NamedExamples train, NamedExamples test, string name, string source)
    {
        if ((train.Examples.Rows, train.Examples.Columns) != (test.Examples.Rows, test.Examples.Columns))
        {
            throw new InvalidDataException(Invariant($"{source}: the {test.Examples.Noun} to test on are {test.Examples.Rows}x{test.Examples.Columns}, ")
                + Invariant($"those to train on {train.Examples.Rows}x{train.Examples.Columns}."));
        }
        return train.ClassNames.SequenceEqual(test.ClassNames)
            ? new DataSet(name, train.Examples, test.Examples, train.ClassNames, source)
            : throw new InvalidDataException($"{source}: the classes to test on are {string.Join(", ", test.ClassNames)}; expected {string.Join(", ", train.ClassNames)}.");
    }

    private static DataSet Split(NamedExamples all, string name, string source)
    {
        int count = all.Examples.Count;
        int tests = count / TestPart;
        if (tests == 0)
        {
            throw new InvalidDataException(Invariant($"{source}: there are {count} {all.Examples.Noun}; expected {TestPart} at least."));
        }
        int[] order = [.. Enumerable.Range(0, count)];
        Training.Pcg32.At(SplitSeed, "test half", 0, 0).Shuffle(order);
        return new DataSet(
            name, all.Examples.Select(order.AsSpan(tests), $"{name}/train"), all.Examples.Select(order.AsSpan(0, tests), $"{name}/test"), all.ClassNames, source);
    }
}
