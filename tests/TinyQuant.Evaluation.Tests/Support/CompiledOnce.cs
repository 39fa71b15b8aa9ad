using System.Security.Cryptography;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>
/// Models whose code is generated and compiled once for all runs of <c>./test.sh</c>, which runs them by each unit of
/// the processor: the code is the same, and only the kernels that it calls take another way. Assemblies lie in the
/// folder of <c>TINYQUANT_COMPILED</c>, which the script empties in the beginning; without it each run compiles its
/// own.
/// </summary>
internal static class CompiledOnce
{
    private static readonly string? s_folder = Environment.GetEnvironmentVariable("TINYQUANT_COMPILED");

    /// <summary>The model of a graph.</summary>
    public static CompiledModel Model(Graph graph) => CompiledModel.Load(
        graph, Assembly("model\n" + ModelWriter.Write(graph), () => GeneratedCode.Compile(graph, tracesLayers: false)));

    /// <summary>The assembly of a text.</summary>
    /// <param name="text">All that the assembly depends on.</param>
    /// <param name="compile">Makes it.</param>
    public static byte[] Assembly(string text, Func<byte[]> compile)
    {
        if (string.IsNullOrEmpty(s_folder))
        {
            return compile();
        }

        string path = Path.Combine(
            s_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + ".dll");
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        byte[] assembly = compile();
        Directory.CreateDirectory(s_folder);
        string written = path + "." + Guid.NewGuid().ToString("N"); // whole or not at all: runs go on beside each other
        File.WriteAllBytes(written, assembly);
        File.Move(written, path, overwrite: true);
        return assembly;
    }
}
