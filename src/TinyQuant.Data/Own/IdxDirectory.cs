using System.Globalization;

namespace TinyQuant.Data;

/// <summary>Four IDX files that are named as MNIST's, of any labels.</summary>
internal static class IdxDirectory
{
    private static readonly string[] s_names =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Their paths; null where a directory has none of them.</summary>
    /// <exception cref="FileNotFoundException">It has some of them.</exception>
    public static string[]? Find(string directory)
    {
        string?[] paths = [
            .. s_names.Select(n =>
                new[] { n, n + ".gz" }.Select(f => Path.Combine(directory, f)).FirstOrDefault(File.Exists))];
        int missing = Array.IndexOf(paths, null);
        if (missing < 0)
        {
            return [.. paths.Select(p => p!)];
        }

        return paths.All(p => p is null)
            ? null
            : throw new FileNotFoundException(
                $"{directory}: {s_names[missing]} is missing; expected {string.Join(", ", s_names)}, each plain "
                    + "or .gz.");
    }

    /// <summary>Reads one half; the classes are the labels that occur.</summary>
    /// <exception cref="InvalidDataException">A file is wrong; the message names it.</exception>
    public static NamedExamples Read(string images, string labels, string name)
    {
        LabelledImages read = IdxReader.CombineAny(
            name, IdxContent.Read(images, IdxKind.Images), IdxContent.Read(labels, IdxKind.Labels));
        byte[] numbered = read.Labels.ToArray();
        byte[] classes = [.. new HashSet<byte>(numbered).Order()]; // at most 256, however many labels
        for (int i = 0; i < numbered.Length; i++)
        {
            numbered[i] = (byte)Array.BinarySearch(classes, numbered[i]);
        }

        return new NamedExamples(
            new LabelledImages(name, read.Rows, read.Columns, read.Pixels, numbered),
            [.. classes.Select(c => c.ToString(CultureInfo.InvariantCulture))]);
    }
}
