using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Reflection;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>
/// Thousands of sets of scales for each int8 operator, over all codes and pairs of codes, by the call that is
/// generated, against checksums of the reference's answers in both roundings: scales such as k/255 make the exact
/// halves at which a quotient in another precision, or a halving the other way, shows.
/// </summary>
public sealed class SweepTests
{
    private const int Shown = 5;

    [Theory]
    [Sweep("ABS-int8")]
    [Sweep("ADD-int16", IsLater = true)]
    [Sweep("ADD-int8")]
    [Sweep("CONV_2D-int8")]
    [Sweep("CONV_2D-int8_tensor")]
    [Sweep("DEPTHWISE_CONV_2D-int8")]
    [Sweep("ELU-int8")]
    [Sweep("EQUAL-int8")]
    [Sweep("FULLY_CONNECTED-int8")]
    [Sweep("GREATER_EQUAL-int8")]
    [Sweep("HARD_SWISH-int8")]
    [Sweep("L2_NORMALIZATION-int8")]
    [Sweep("LEAKY_RELU-int16", IsLater = true)]
    [Sweep("LEAKY_RELU-int8")]
    [Sweep("LESS-int8")]
    [Sweep("LOGISTIC-int16", IsLater = true)]
    [Sweep("LOGISTIC-int8")]
    [Sweep("LOG_SOFTMAX-int8")]
    [Sweep("MEAN-int8")]
    [Sweep("MUL-int16", IsLater = true)]
    [Sweep("MUL-int8")]
    [Sweep("PRELU-int8")]
    [Sweep("QUANTIZE-int16_int8")]
    [Sweep("QUANTIZE-int8_int16")]
    [Sweep("QUANTIZE-int8_int8")]
    [Sweep("RELU-int8")]
    [Sweep("RELU6-int8")]
    [Sweep("SOFTMAX-int8")]
    [Sweep("SQUARED_DIFFERENCE-int8")]
    [Sweep("SUB-int16", IsLater = true)]
    [Sweep("SUB-int8")]
    [Sweep("SUM-int8")]
    [Sweep("TANH-int16", IsLater = true)]
    [Sweep("TANH-int8")]
    [Sweep("TRANSPOSE_CONV-int8")]
    public void Every_line_is_answered_as_by_the_reference(string name)
    {
        SweepFile file = SweepFile.Read(name);
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(file.Lines, line =>
        {
            foreach (Rounding rounding in new[] { Rounding.Double, Rounding.Single })
            {
                if (Difference(name, line, rounding) is { } difference)
                {
                    wrong.Add($"{rounding}, {line}: {difference}");
                }
            }
        });

        Assert.NotEmpty(file.Lines);
        Assert.True(
            wrong.IsEmpty,
            $"{wrong.Count} of {2 * file.Lines.Count} differ, such as:\n" + string.Join('\n', wrong.Take(Shown)));
    }

    [GoldenFact]
    public void No_file_is_left_out_and_none_that_models_can_hold_is_skipped()
    {
        MethodInfo theory = typeof(SweepTests).GetMethod(nameof(Every_line_is_answered_as_by_the_reference))!;
        SweepAttribute[] sweeps = [.. theory.GetCustomAttributes<SweepAttribute>()];
        string[] files = Directory.GetFiles(SweepFile.Folder, "*.tsv");
        Assert.Equal(
            files.Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal),
            sweeps.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.All(sweeps.Where(s => s.IsLater), sweep =>
        {
            var model = SweepModel.Of(sweep.Name, SweepFile.Read(sweep.Name).Lines[0], Rounding.Double);
            Assert.True(
                model is null || GraphValidator.Validate(model.Graph).Any(),
                $"A model can hold {sweep.Name} now; expected its lines to be tried.");
        });
    }

    private static string? Difference(string name, SweepLine line, Rounding rounding)
    {
        (Graph graph, byte[][] inputs) =
            SweepModel.Of(name, line, rounding) ?? throw new InvalidOperationException(name);
        if (GraphValidator.Validate(graph).FirstOrDefault() is { } error)
        {
            return $"it is refused: {error}";
        }

        uint actual = Crc32.HashToUInt32(KernelRun.Of(graph, inputs));
        uint expected = line.Checksum(rounding);
        return actual == expected ? null : $"{actual:x8} where {expected:x8} is expected";
    }
}
