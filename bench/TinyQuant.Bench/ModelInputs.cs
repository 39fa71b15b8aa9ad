using System.Runtime.InteropServices;

namespace TinyQuant.Bench;

/// <summary>The inputs of a model: those that were written beside it, or made ones.</summary>
internal static class ModelInputs
{
    private const int Made = 16;

    // The processes that BenchmarkDotNet builds and starts get no arguments of ours, but the environment.
    private static readonly string? s_directory = Environment.GetEnvironmentVariable("BenchModels");

    public static BenchInputs Of(BenchModel model)
    {
        string? file = s_directory is null ? null : Path.Combine(s_directory, model.Inputs);
        return File.Exists(file) ? BenchInputs.Read(file, model.InputBytes) : new(Make(model), model.InputBytes);
    }

    private static byte[] Make(BenchModel model)
    {
        var random = new Random(1);
        byte[] bytes = new byte[Made * model.InputBytes];
        random.NextBytes(bytes);
        if (!model.Kind.StartsWith("int8", StringComparison.Ordinal))
        {
            foreach (ref float value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
            {
                value = random.NextSingle();
            }
        }

        return bytes;
    }
}
