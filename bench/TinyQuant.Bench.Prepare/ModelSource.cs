using TinyQuant.Import;
using TinyQuant.Model;

namespace TinyQuant.Bench.Prepare;

/// <summary>Finds models and their recorded inputs.</summary>
/// <param name="Golden">A directory with <c>models/NAME/model.tflite</c>.</param>
/// <param name="Weights">The repository's <c>weights/</c>.</param>
internal sealed record ModelSource(string Golden, string Weights)
{
    private const int MadeInputs = 16;

    /// <summary>The graph; null where there is no such file.</summary>
    public Graph? Read(string name, Rounding rounding)
    {
        if (Path.GetExtension(name) == ".tqm")
        {
            return ModelReader.Read(File.ReadAllText(Path.Combine(Weights, name))).Graph! with { Rounding = rounding };
        }

        string file = Path.Combine(Folder(name), "model.tflite");
        if (!File.Exists(file))
        {
            return null;
        }

        ImportResult result = TfliteImporter.Import(
            File.ReadAllBytes(file), new ImportOptions { Name = name, Rounding = rounding });
        return result.Graph ?? throw new InvalidDataException($"{file}: {string.Join("; ", result.Errors)}");
    }

    /// <summary>Recorded inputs, or made ones where there are none.</summary>
    public byte[] Inputs(string name, Tensor input)
    {
        string recorded = Path.Combine(Folder(name), "input.bin");
        return File.Exists(recorded) ? File.ReadAllBytes(recorded) : Made(input);
    }

    private static byte[] Made(Tensor input)
    {
        var random = new Random(1);
        byte[] bytes = new byte[MadeInputs * input.ByteLength];
        random.NextBytes(bytes);
        if (input.Type == TensorType.Float32)
        {
            foreach (ref float value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
            {
                value = random.NextSingle();
            }
        }

        return bytes;
    }

    private string Folder(string name) => Path.Combine(Golden, "models", name);
}
