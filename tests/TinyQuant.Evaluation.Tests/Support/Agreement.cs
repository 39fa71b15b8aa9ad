using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>Compares generated code with the plain loops.</summary>
internal static class Agreement
{
    /// <summary>Every output, byte for byte, for random inputs.</summary>
    public static void Check(Graph graph, int runs = 100, int seed = 1)
    {
        using CompiledModel model = CompiledOnce.Model(graph);
        Check(model, runs, seed);
    }

    /// <summary>The same for a model that is compiled already.</summary>
    public static void Check(CompiledModel model, int runs = 100, int seed = 1)
    {
        Graph graph = model.Graph;
        var random = new Random(seed);
        for (int run = 0; run < runs; run++)
        {
            byte[][] inputs = [.. graph.Inputs.Select(t => RandomInput(t, random, run))];
            byte[][] outputs = [.. graph.Outputs.Select(t => new byte[t.ByteLength])];
            model.Run(inputs, outputs);
            Dictionary<string, byte[]> expected = PlainGraph.Run(graph, inputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                Equal(expected[graph.Outputs[i].Name], outputs[i], graph.Outputs[i].Type);
            }
        }
    }

    /// <summary>Codes of any kind, extremes now and then, or reals in eighths up to 4.</summary>
    public static byte[] RandomInput(Tensor tensor, Random random, int run)
    {
        var bytes = new byte[tensor.ByteLength];
        if (tensor.Type == TensorType.Int8)
        {
            random.NextBytes(bytes);
            if (run % 10 == 9)
            {
                Array.Fill(bytes, (byte)(run % 20 == 9 ? 0x80 : 0x7f));
            }

            return bytes;
        }

        if (tensor.Type == TensorType.Int16)
        {
            random.NextBytes(bytes);
            if (run % 10 == 9)
            {
                MemoryMarshal.Cast<byte, short>(bytes.AsSpan()).Fill(run % 20 == 9 ? short.MinValue : short.MaxValue);
            }

            return bytes;
        }

        foreach (ref float value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
        {
            value = run % 10 == 9 ? 0 : random.Next(run % 2 == 0 ? -32 : 0, 33) / 8f;
        }

        return bytes;
    }

    private static void Equal(byte[] expected, byte[] actual, TensorType type)
    {
        if (type == TensorType.Float32)
        {
            // As numbers: the sign of a zero is free.
            Assert.Equal(
                MemoryMarshal.Cast<byte, float>(expected).ToArray(), MemoryMarshal.Cast<byte, float>(actual).ToArray());
            return;
        }

        Assert.Equal(expected, actual);
    }
}
