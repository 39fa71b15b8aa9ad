using System.Globalization;
using TinyQuant.Evaluation.Verification;
using TinyQuant.GoldenImport;
using TinyQuant.Import;
using TinyQuant.Model;

// Writes what TinyQuant.GoldenCheck compiles in: a .tqm file for each golden model and rounding of models/ and
// operators/, and the C# that names them. Usage: goldenimport GOLDEN-DIRECTORY OUTPUT-DIRECTORY. Exit code 1 if a model
// cannot be imported. The cases of operators2/, many of which cannot, are TinyQuant.Evaluation.Tests'.
if (args.Length != 2 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("goldenimport: expected the directory with the golden models, and one to write to.");
    return 2;
}

if (Directory.Exists(args[1]))
{
    Directory.Delete(args[1], recursive: true);
}

Directory.CreateDirectory(args[1]);
var registry = new RegistrySource();
int count = 0;
int refused = 0;
string[] roots = [.. new[] { "models", "operators" }.Select(d => Path.Combine(args[0], d)).Where(Directory.Exists)];
foreach (GoldenFolder folder in roots.SelectMany(r => GoldenFolder.Find(r, [".tflite"])))
{
    string name = Path.GetRelativePath(args[0], folder.Path).Replace('\\', '/');
    foreach (Rounding rounding in new[] { Rounding.Double, Rounding.Single })
    {
        if (folder.Expected(rounding) is null)
        {
            continue;
        }

        ImportResult result = TfliteImporter.Import(
            File.ReadAllBytes(folder.Model), new ImportOptions { Name = name, Rounding = rounding });
        if (result.Graph is not { } graph)
        {
            Console.Error.WriteLine($"goldenimport: {name}: {string.Join("; ", result.Errors)}");
            refused++;
            continue;
        }

        string type = string.Create(CultureInfo.InvariantCulture, $"M{count++}");
        string file = type + ".tqm";
        File.WriteAllText(Path.Combine(args[1], file), ModelWriter.Write(graph));
        registry.Add(type, file, name, rounding == Rounding.Double ? "" : "_single", graph);
    }
}

File.WriteAllText(Path.Combine(args[1], "GoldenModels.g.cs"), registry.ToString());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} models written, {refused} refused"));
return refused == 0 ? 0 : 1;
