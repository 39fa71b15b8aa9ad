using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Verification;

/// <summary>What a recorded file has in rows of detections that the reference does not write is not compared.</summary>
public sealed class UnwrittenRowsTests
{
    private const int Rows = 8;

    /// <summary>With two classes a box, its first is in row 4t, and its second in row 4t + 3.</summary>
    [Theory]
    [InlineData(1, false, 3, new[] { 0, 1, 2 })]
    [InlineData(2, false, 4, new[] { 0, 3, 4, 7 })]
    [InlineData(2, false, 100, new[] { 0, 3, 4, 7 })] // no more than there is room for
    [InlineData(2, true, 1, new[] { 0, 1, 2, 3, 4, 5, 6, 7 })] // all are written, with 0 behind the last
    [InlineData(1, false, 0, new int[0])]
    public void Only_rows_that_are_written_count(int classes, bool isRegular, int count, int[] compared)
    {
        Graph graph = Detector(classes, isRegular);
        byte[][] expected = [.. graph.Outputs.Select(t => Filled(t, float.NaN))];
        byte[][] actual = [.. graph.Outputs.Select(t => Filled(t, 7))];
        MemoryMarshal.Write(expected[3], (float)count);

        UnwrittenRows.Cover(graph, expected, actual);

        int width = 4;
        foreach (byte[] output in actual[..3])
        {
            float[] values = MemoryMarshal.Cast<byte, float>(output).ToArray();
            Assert.Equal(
                Enumerable.Range(0, Rows).SelectMany(r => Enumerable.Repeat(compared.Contains(r), width)),
                values.Select(v => v == 7));
            width = 1;
        }

        Assert.Equal(7, MemoryMarshal.Read<float>(actual[3]));
    }

    private static byte[] Filled(Tensor tensor, float value)
    {
        float[] values = new float[tensor.ElementCount];
        Array.Fill(values, value);
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static Graph Detector(int classes, bool isRegular)
    {
        Tensor boxes = Of("boxes", 1, 6, 4), scores = Of("scores", 1, 6, 3), anchors = Of("anchors", 6, 4);
        Tensor[] outputs = [Of("y", 1, Rows, 4), Of("classes", 1, Rows), Of("best", 1, Rows), Of("count", 1)];
        return new Graph
        {
            Tensors = [boxes, scores, anchors, .. outputs],
            Inputs = [boxes, scores, anchors],
            Outputs = [.. outputs],
            Operators =
            [
                new DetectionPostProcess(
                    [boxes, scores, anchors], [.. outputs], 3, 0.1f, 0.5f,
                    new DetectionLimits(4, classes, 4, isRegular), new DetectionScales(1, 1, 1, 1)),
            ],
        };
    }

    private static Tensor Of(string name, params int[] shape) => new(name, TensorType.Float32, [.. shape]);
}
