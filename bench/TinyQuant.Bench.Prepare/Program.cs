using TinyQuant.Bench.Prepare;
using TinyQuant.Export;
using TinyQuant.Model;

// Writes what the benchmark programs take: a .tqm file for each model and rounding with the C# that names them, ONNX
// files, and inputs for both. Usage: prepare GOLDEN-DIRECTORY WEIGHTS-DIRECTORY OUTPUT-DIRECTORY.
if (args.Length != 3 || !Directory.Exists(args[0]) || !Directory.Exists(args[1]))
{
    Console.Error.WriteLine(
        "prepare: expected a directory with models/NAME/model.tflite, the repository's weights/, and a directory to "
            + "write to.");
    return 2;
}

var source = new ModelSource(args[0], args[1]);
string output = args[2];
var registry = new RegistrySource();
if (Directory.Exists(output))
{
    Directory.Delete(output, recursive: true);
}

Directory.CreateDirectory(output);
int models = 0;
foreach (ModelPair pair in ModelPair.All)
{
    Add(pair.Name, pair.Int8, "int8", [Rounding.Double, Rounding.FloatEven]);
    if (pair.Float32 is not null)
    {
        Add(pair.Name, pair.Float32, "fp32", [Rounding.Double]);
    }
}

File.WriteAllText(Path.Combine(output, "BenchModels.g.cs"), registry.ToString());
Console.WriteLine($"{models} models written to {output}");
return models == 0 ? 1 : 0;

void Add(string name, string file, string type, Rounding[] roundings)
{
    string stem = $"{name}.{type}";
    foreach (Rounding rounding in roundings)
    {
        if (source.Read(file, rounding) is not { } graph)
        {
            Console.WriteLine($"{file} is not there: {name} is measured without {type}");
            return;
        }

        string kind = type == "int8" ? $"int8 {rounding.ToName()}" : type;
        string model = $"{name}.{kind.Replace(' ', '.')}.tqm";
        File.WriteAllText(Path.Combine(output, model), ModelWriter.Write(graph));
        registry.Add(name, kind, model, stem + ".bin", graph);
        models++;
        if (rounding == roundings[0])
        {
            byte[] inputs = source.Inputs(file, graph.Inputs[0]);
            File.WriteAllBytes(Path.Combine(output, stem + ".bin"), inputs);
            File.WriteAllBytes(Path.Combine(output, stem + ".onnx.bin"), OnnxExporter.ToOnnx(graph.Inputs[0], inputs));
            ExportResult exported = OnnxExporter.Export(graph);
            File.WriteAllBytes(Path.Combine(output, stem + ".onnx"), exported.File
                ?? throw new InvalidDataException($"{file}: {string.Join("; ", exported.Errors)}"));
        }
    }
}
