using TinyQuant.Model;
using TinyQuant.Sizing;
using TinyQuant.Sizing.Programs;
using TinyQuant.Tool.Files;

namespace TinyQuant.Tool.Commands;

/// <summary>The models of <c>tinyquant size</c>.</summary>
internal static class SizedModels
{
    private static readonly string[] s_forms = ["fp32", "dynamic", "int8", "int4"];

    /// <summary>Loads the models of some files; without any the forms of one in the repository.</summary>
    /// <exception cref="InvalidDataException">One is no model.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="ArgumentException">There are none, and no repository.</exception>
    public static IReadOnlyList<SizedModel> Load(IReadOnlyList<string> files)
    {
        if (files.Count > 0)
        {
            string[] names = Names(files);
            return [.. files.Select((file, i) => new SizedModel(names[i], file, Loaded(file)))];
        }

        string root = LibrarySource.Repository
            ?? throw new ArgumentException("size takes models: outside the repository there are none of its own.");
        return [.. s_forms.Select(form => (form, file: $"weights/mnist-linear.{form}.tqm"))
            .Select(m => new SizedModel(m.form, m.file, Loaded(Path.Combine(root, m.file))))];
    }

    private static Graph Loaded(string file) => ModelFiles.Load(file, rounding: null);

    /// <summary>
    /// File names without what they all have in common; whole paths where these are not enough to tell them apart.
    /// </summary>
    internal static string[] Names(IReadOnlyList<string> files)
    {
        string[] names = [.. files.Select(f => Path.GetFileNameWithoutExtension(f))];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            return [.. files];
        }

        string[] stems = [.. names.Select(n => Path.GetFileNameWithoutExtension(n))];
        bool areForms = names.Length > 1 && stems.Distinct(StringComparer.Ordinal).Count() == 1
            && names.All(n => n.Length > stems[0].Length);
        return areForms ? [.. names.Select(n => Path.GetExtension(n)[1..])] : names;
    }
}
