namespace TinyQuant.Training.Data;

/// <summary>
/// A user's own images: a directory of IDX files, a CSV file (or a directory with <c>train.csv</c> and <c>test.csv</c>),
/// or a directory of pictures with a subdirectory for each class (or with <c>train</c> and <c>test</c> of such).
/// </summary>
public static class OwnData
{
    private const int TestPart = 5;
    private const ulong SplitSeed = 1;

    /// <summary>
    /// Loads them. Without a test half of their own, a fifth of the images becomes that: always the same ones, so that no command
    /// measures on images that another one trained on.
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
            return Split(CsvImages.Read(path, $"{name}/all"), name, path);
        }
        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"there is no file or directory '{path}'.");
        }
        if (IdxFiles(path) is { } files)
        {
            string[] classes = [.. Enumerable.Range(0, IdxReader.ClassCount).Select(c => $"{c}")];
            return new DataSet(name, IdxReader.Read(files[0], files[1], $"{name}/train"), IdxReader.Read(files[2], files[3], $"{name}/test"), [.. classes], path);
        }
        if (File.Exists(Path.Combine(path, "train.csv")))
        {
            return Join(
                CsvImages.Read(Path.Combine(path, "train.csv"), $"{name}/train"), CsvImages.Read(Path.Combine(path, "test.csv"), $"{name}/test"), name, path);
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

    private static DataSet Join(NamedImages train, NamedImages test, string name, string source)
    {
        if ((train.Images.Rows, train.Images.Columns) != (test.Images.Rows, test.Images.Columns))
        {
            throw new InvalidDataException($"{source}: the images to test on are {test.Images.Rows}x{test.Images.Columns}, "
                + $"those to train on {train.Images.Rows}x{train.Images.Columns}.");
        }
        return train.ClassNames.SequenceEqual(test.ClassNames)
            ? new DataSet(name, train.Images, test.Images, train.ClassNames, source)
            : throw new InvalidDataException($"{source}: the classes to test on are {string.Join(", ", test.ClassNames)}; expected {string.Join(", ", train.ClassNames)}.");
    }

    private static DataSet Split(NamedImages all, string name, string source)
    {
        int count = all.Images.Count;
        int tests = count / TestPart;
        if (tests == 0)
        {
            throw new InvalidDataException($"{source}: there are {count} images; expected {TestPart} at least.");
        }
        int[] order = [.. Enumerable.Range(0, count)];
        Training.Pcg32.At(SplitSeed, "test half", 0, 0).Shuffle(order);
        return new DataSet(
            name, all.Images.Select(order.AsSpan(tests), $"{name}/train"), all.Images.Select(order.AsSpan(0, tests), $"{name}/test"), all.ClassNames, source);
    }
}
