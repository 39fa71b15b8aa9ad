using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Onnx.Tests.Support;

namespace TinyQuant.Onnx.Tests;

/// <summary>
/// Operators of ONNX files against ONNX Runtime, with images as in the file and with their channels last.
/// </summary>
public sealed class OperatorTests
{
    private const double Tolerance = 1e-4; // of the largest output

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_case_is_that_of_onnx_runtime(bool channelsLast)
    {
        var options = new ImportOptions { Layout = channelsLast ? ImageLayout.Nhwc : ImageLayout.Nchw };
        OnnxCase[] cases = [.. Cases.All()];
        byte[][] files = [.. cases.Select(c => c.Build())];
        ImportResult[] imported = [.. files.Select(f => OnnxImporter.Import(f, options))];
        Assert.All(imported.Zip(cases), i => Assert.True(
            i.First.Errors.IsEmpty, $"{i.Second}: {string.Join('\n', i.First.Errors)}"));
        using var batch = new CompiledBatch([.. imported.Select(i => i.Graph!)]);
        var wrong = new List<string>();
        for (int i = 0; i < cases.Length; i++)
        {
            if (Difference(batch, i, cases[i], files[i], imported[i].Graph!, channelsLast) is { } difference)
            {
                wrong.Add($"{cases[i]}: {difference}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Length} differ:\n{string.Join('\n', wrong)}");
    }

    private static string? Difference(
        CompiledBatch batch, int model, OnnxCase @case, byte[] file, Graph graph, bool channelsLast)
    {
        float[][] inputs = @case.Inputs();
        float[] expected = OnnxCase.Expected(file, @case, inputs);
        byte[][] given =
        [
            .. inputs.Select((x, i) => MemoryMarshal.AsBytes((channelsLast
                ? OnnxCase.Moved(x, @case.ShapeOf(i), back: false)
                : x).AsSpan()).ToArray()),
        ];
        Tensor output = graph.Outputs[0];
        byte[][] results = [new byte[output.ByteLength]];
        batch.Run(model, given, results);
        float[] found = OnnxCase.Numbers(output, results[0]);
        if (channelsLast)
        {
            ImmutableArray<int> s = output.Shape;
            ImmutableArray<int> shape = s.Length is 3 or 4 ? [s[0], s[^1], .. s[1..^1]] : s;
            found = OnnxCase.Moved(found, shape, back: true);
        }

        if (found.Length != expected.Length)
        {
            return FormattableString.Invariant($"{found.Length} elements where {expected.Length} are expected");
        }

        float largest = expected.Max(Math.Abs);
        int worst = Enumerable.Range(0, found.Length).MaxBy(k => Math.Abs(found[k] - expected[k]));
        return Math.Abs(found[worst] - expected[worst]) <= Tolerance * Math.Max(largest, float.Epsilon)
            ? null
            : FormattableString.Invariant($"{found[worst]} at {worst} where {expected[worst]} is expected");
    }
}
