using System.Runtime.InteropServices;
using TinyQuant.Evaluation;
using TinyQuant.Import;
using TinyQuant.Import.Tests.Onnx.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Onnx.Tests;

/// <summary>Public float32 networks against what ONNX Runtime answered.</summary>
public sealed class CorpusTests
{
    private const double Tolerance = 1e-4; // of the largest output

    /// <summary>Those that are imported.</summary>
    private static readonly string[] s_taken =
    [
        "atmega_mnist", "cntk_mnist8", "dnsmos_p808", "emx_mixed_dynbatch", "esp_streaming_tcn", "keras_genre_mlp",
        "keras_hello_sine", "keras_lenet1", "pt_espcn_subpixel", "pt_factorio_mlp", "rl_navi_policy",
        "rl_score_goal_sac", "tum_kws_f32",
    ];

    public static TheoryData<string> Taken => [.. s_taken];

    [GoldenTheory]
    [MemberData(nameof(Taken))]
    public void Every_output_is_that_of_onnx_runtime(string name)
    {
        CorpusModel model = OnnxCorpus.Models.Single(m => m.Name == name);
        ImportResult result = OnnxImporter.Import(model.File, model.Options);
        Assert.Empty(result.Errors);
        using var compiled = CompiledModel.Compile(result.Graph!);
        string folder = Path.Combine(OnnxCorpus.Root, name);
        byte[] inputs = File.ReadAllBytes(Path.Combine(folder, "input.bin"));
        byte[] expected = File.ReadAllBytes(Path.Combine(folder, "expected.bin"));
        Graph graph = result.Graph!;
        int runs = inputs.Length / graph.Inputs.Sum(t => t.ByteLength);
        Assert.InRange(runs, 1, int.MaxValue);
        Assert.Equal(runs * graph.Outputs.Sum(t => t.ByteLength), expected.Length);
        (int at, int expectedAt) = (0, 0);
        for (int run = 0; run < runs; run++)
        {
            byte[][] outputs = [.. graph.Outputs.Select(t => new byte[t.ByteLength])];
            compiled.Run([.. graph.Inputs.Select(t => Take(inputs, ref at, t.ByteLength))], outputs);
            foreach (byte[] output in outputs)
            {
                AssertNear(Take(expected, ref expectedAt, output.Length), output, run);
            }
        }
    }

    private static byte[] Take(byte[] bytes, ref int at, int length)
    {
        at += length;
        return bytes[(at - length)..at];
    }

    private static void AssertNear(byte[] expected, byte[] actual, int run)
    {
        float[] wanted = MemoryMarshal.Cast<byte, float>(expected).ToArray();
        float[] found = MemoryMarshal.Cast<byte, float>(actual).ToArray();
        float largest = wanted.Max(Math.Abs);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(
                Math.Abs(found[i] - wanted[i]) <= Tolerance * largest,
                FormattableString.Invariant($"{found[i]} at {i} of run {run}, where {wanted[i]} is expected"));
        }
    }
}
