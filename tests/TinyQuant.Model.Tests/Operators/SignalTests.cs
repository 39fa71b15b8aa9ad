using System.Runtime.InteropServices;

namespace TinyQuant.Model.Tests.Operators;

/// <summary>What the signal operators refuse.</summary>
public class SignalTests
{
    private const TensorType S = TensorType.Int16;
    private const TensorType I = TensorType.Int32;
    private const TensorType U = TensorType.UInt32;
    private const TensorType B = TensorType.Bool;

    private static readonly SpectralSubtraction s_subtraction = new(
        new(655, 15_729), new(327, 16_057), 819, 10, 14, Clamping: false);

    [Fact]
    public void Windows() => AssertErrors(
        (new SignalWindow(Of("x", S, 2, 8), Of("w", S, 8), Of("y", S, 2, 8), 12), null),
        (new SignalWindow(Of("x", S, 2, 8), Of("w", S, 7), Of("y", S, 2, 8), 12),
            "'w' has shape [7]; expected [8]"),
        (new SignalWindow(Of("x", S, 2, 8), Of("w", S, 8), Of("y", S, 16), 12),
            "'y' has shape [16]; expected [2,8]"),
        (new SignalWindow(Of("x", I, 8), Of("w", S, 8), Of("y", S, 8), 12), "'x' is int32; expected int16"),
        (new SignalWindow(Of("x", S), Of("w", S, 1), Of("y", S), 12),
            "'x' has shape []; expected 1 dimension or more"));

    [Fact]
    public void Automatic_scales() => AssertErrors(
        (new SignalFftAutoScale(Of("x", S, 8), Of("y", S, 8), Of("b", I)), null),
        (new SignalFftAutoScale(Of("x", S, 8), Of("y", S, 8), Of("b", I, 2)),
            "'b' has shape [2]; expected one element"),
        (new SignalFftAutoScale(Of("x", S, 8), Of("y", S, 8), Of("b", S)), "'b' is int16; expected int32"),
        (new SignalFftAutoScale(Of("x", S, 8), Of("y", S, 9), Of("b", I)), "'y' has shape [9]; expected [8]"));

    [Fact]
    public void Delays() => AssertErrors(
        (new SignalDelay(Of("x", S, 2, 8), State("s", S, 2, 3), Of("y", S, 2, 8)), null),
        (new SignalDelay(Of("x", S, 2, 8), State("s", S, 3, 3), Of("y", S, 2, 8)),
            "'s' has shape [3,3]; expected [2,3]"),
        (new SignalDelay(Of("x", S, 2, 8), State("s", S), Of("y", S, 2, 8)),
            "'s' has shape []; expected 1 dimension or more"),
        (new SignalDelay(Of("x", S, 2, 8), State("s", S, 2, 3), Of("y", S, 8)),
            "'y' has shape [8]; expected [2,8]"));

    [Fact]
    public void Frames() => AssertErrors(
        (Framer(Of("x", S, 2, 6), State("s", S, 2, 5), Of("y", S, 2, 3, 5)), null),
        (Framer(Of("x", S, 2, 7), State("s", S, 2, 5), Of("y", S, 2, 3, 5)),
            "'x' [2,7] has not the samples of 3 frames of 5 in 'y'; expected 3 times a step of at most 5"),
        (Framer(Of("x", S, 2, 18), State("s", S, 2, 5), Of("y", S, 2, 3, 5)),
            "'x' [2,18] has not the samples of 3 frames of 5 in 'y'; expected 3 times a step of at most 5"),
        (Framer(Of("x", S, 6), State("s", S, 2, 5), Of("y", S, 2, 3, 5)), "'x' has shape [6]; expected [2,6]"),
        (Framer(Of("x", S, 2, 6), State("s", S, 2, 4), Of("y", S, 2, 3, 5)), "'s' has shape [2,4]; expected [2,5]"),
        (Framer(Of("x", S, 6), State("s", S, 5), Of("y", S, 5)), "'y' has shape [5]; expected 2 dimensions or more"),
        (new SignalFramer(Of("x", S, 6), State("s", S, 5), State("c", I, 2), Of("y", S, 3, 5), Of("v", B)),
            "'c' has shape [2]; expected one element"),
        (new SignalFramer(Of("x", S, 6), State("s", S, 5), State("c", I, 1), Of("y", S, 3, 5), Of("v", I)),
            "'v' is int32; expected bool"));

    [Theory]
    [InlineData(TensorType.Int16)]
    [InlineData(TensorType.Float32)]
    public void Overlaps(TensorType type) => AssertErrors(
        (new SignalOverlapAdd(Of("x", type, 2, 3, 5), State("s", type, 2, 5), Of("y", type, 2, 6)), null),
        (new SignalOverlapAdd(Of("x", type, 2, 3, 5), State("s", type, 2, 5), Of("y", type, 2, 8)),
            "'y' [2,8] has not the samples of 3 frames of 5 in 'x'; expected 3 times a step of at most 5"),
        (new SignalOverlapAdd(Of("x", type, 2, 3, 5), State("s", I, 2, 5), Of("y", type, 2, 6)),
            $"'s' is int32; expected {type.ToName()}, as 'x' is"),
        (new SignalOverlapAdd(Of("x", I, 3, 5), State("s", I, 5), Of("y", I, 6)),
            "'x' is int32; expected float32 or int16"));

    [Fact]
    public void Stacks() => AssertErrors(
        (Stacker(12, 2, 3), null),
        (Stacker(13, 2, 3), "'y' [13] are no frames of 4 samples, as 'x' has"),
        (Stacker(12, 3, 3), "step=3 and left_context=3 are more than the 3 frames of 'y' have; expected a step of at "
            + "most so many, and less before the first one"),
        (Stacker(12, 2, 4), "step=4 and left_context=2 are more than the 3 frames of 'y' have; expected a step of at "
            + "most so many, and less before the first one"),
        (new SignalStacker([Of("x", S, 4), State("s", S, 8), State("c", I, 1)], [Of("y", S, 12), Of("v", B)], 2, 3),
            "'s' has shape [8]; expected [12]"));

    [Fact]
    public void Energies() => AssertErrors(
        (new SignalEnergy(Of("x", S, 16), Of("y", U, 8), 2, 8), null),
        (new SignalEnergy(Of("x", S, 15), Of("y", U, 8), 2, 8),
            "'x' [15] are not the real and imaginary parts of 8 numbers, as 'y' [8] has; expected twice as many "
                + "elements"),
        (new SignalEnergy(Of("x", S, 16), Of("y", U, 8), 2, 9),
            "start_index=2 and end_index=9 are no part of 'y' [8]; expected two in order, up to 8"),
        (new SignalEnergy(Of("x", S, 16), Of("y", U, 8), 5, 4),
            "start_index=5 and end_index=4 are no part of 'y' [8]; expected two in order, up to 8"),
        (new SignalEnergy(Of("x", S, 16), Of("y", I, 8), 0, 1), "'y' is int32; expected uint32"));

    [Fact]
    public void Filter_banks() => AssertErrors(
        (Bank(Shorts("p", 0, 3, 5), Shorts("q", 0, 3, 5), Shorts("r", 3, 2, 3)), null),
        (Bank(Shorts("p", 0, 3), Shorts("q", 0, 3, 5), Shorts("r", 3, 2, 3)), "'p' has shape [2]; expected [3]"),
        (Bank(Shorts("p", 0, 3, 6), Shorts("q", 0, 3, 5), Shorts("r", 3, 2, 3)),
            "side 2 has 3 elements from 6 of 'x' [8] and from 5 of 9 weights; expected a part of both"),
        (Bank(Shorts("p", 0, 3, 5), Shorts("q", 0, 8, 5), Shorts("r", 3, 2, 3)),
            "side 1 has 2 elements from 3 of 'x' [8] and from 8 of 9 weights; expected a part of both"),
        (Bank(Shorts("p", 0, 3, 5), Shorts("q", 0, 3, 5), Shorts("r", 3, 2, -1)),
            "side 2 has -1 elements from 5 of 'x' [8] and from 5 of 9 weights; expected a part of both"),
        (Bank(Of("p", S, 3), Shorts("q", 0, 3, 5), Shorts("r", 3, 2, 3)), "'p' has no data; expected a constant"));

    [Fact]
    public void Work_of_filter_banks() =>
        Assert.Equal(16, Bank(Shorts("p", 0, 3, 5), Shorts("q", 0, 3, 5), Shorts("r", 3, 2, 3)).Macs);

    [Fact]
    public void Roots() => AssertErrors(
        (new SignalFilterBankSquareRoot(Of("x", TensorType.UInt64, 8), Of("b", I), Of("y", U, 8)), null),
        (new SignalFilterBankSquareRoot(Of("x", U, 8), Of("b", I), Of("y", U, 8)), "'x' is uint32; expected uint64"),
        (new SignalFilterBankSquareRoot(Of("x", TensorType.UInt64, 8), Of("b", I, 8), Of("y", U, 8)),
            "'b' has shape [8]; expected one element"));

    [Fact]
    public void Subtractions() => AssertErrors(
        (new SignalFilterBankSpectralSubtraction(
            Of("x", U, 8), State("s", U, 8), Of("y", U, 8), Of("e", U, 8), s_subtraction), null),
        (new SignalFilterBankSpectralSubtraction(
            Of("x", U, 8), State("s", U, 8), Of("y", U, 8), Of("e", U, 7), s_subtraction),
            "'e' has shape [7]; expected [8]"),
        (new SignalFilterBankSpectralSubtraction(
            Of("x", U, 8), State("s", I, 8), Of("y", U, 8), Of("e", U, 8), s_subtraction),
            "'s' is int32; expected uint32"));

    [Fact]
    public void Gains() => AssertErrors(
        (new SignalPcan(Of("x", U, 8), Of("e", U, 8), Of("t", S, 125), Of("y", U, 8), 6), null),
        (new SignalPcan(Of("x", U, 8), Of("e", U, 8), Of("t", S, 124), Of("y", U, 8), 6),
            "'t' [124] has no gain for each estimate; expected 125 elements or more"),
        (new SignalPcan(Of("x", U, 8), Of("e", U, 7), Of("t", S, 125), Of("y", U, 8), 6),
            "'e' has shape [7]; expected [8]"),
        (new SignalPcan(Of("x", U, 8), Of("e", U, 8), Of("t", I, 125), Of("y", U, 8), 6),
            "'t' is int32; expected int16"));

    [Fact]
    public void Logarithms() => AssertErrors(
        (new SignalFilterBankLog(Of("x", U, 8), Of("y", S, 8), 1_600, 3), null),
        (new SignalFilterBankLog(Of("x", U, 8), Of("y", S, 7), 1_600, 3), "'y' has shape [7]; expected [8]"),
        (new SignalFilterBankLog(Of("x", U, 8), Of("y", I, 8), 1_600, 3), "'y' is int32; expected int16"));

    [Theory]
    [InlineData(TensorType.Int16)]
    [InlineData(TensorType.Int32)]
    [InlineData(TensorType.Float32)]
    public void Transforms(TensorType type) => AssertErrors(
        (new SignalRfft(Of("x", type, 2, 7), Of("y", type, 2, 14)), null),
        (new SignalIrfft(Of("x", type, 2, 14), Of("y", type, 2, 12)), null),
        (new SignalRfft(Of("x", type, 2, 13), Of("y", type, 2, 14)),
            "'x' [2,13] has more numbers than a transform of 12; expected as many or fewer"),
        (new SignalRfft(Of("x", type, 2, 7), Of("y", type, 14)), "'y' has shape [14]; expected [2,14]"),
        (new SignalRfft(Of("x", type, 2, 7), Of("y", type, 2, 16)),
            "'y' [2,16] is of a transform of 14; expected an even number of 4 or more, whose primes are 2, 3 and 5"),
        (new SignalRfft(Of("x", type, 1), Of("y", type, 4)),
            "'y' [4] is of a transform of 2; expected an even number of 4 or more, whose primes are 2, 3 and 5"),
        (new SignalIrfft(Of("x", type, 17), Of("y", type, 15)),
            "'y' [15] is of a transform of 15; expected an even number of 4 or more, whose primes are 2, 3 and 5"),
        (new SignalIrfft(Of("x", type, 2, 12), Of("y", type, 2, 12)), "'x' has shape [2,12]; expected [2,14]"),
        (new SignalIrfft(Of("x", U, 14), Of("y", U, 12)), "'x' is uint32; expected float32 or int16 or int32"),
        (new SignalIrfft(Of("x", type, 14), Of("y", U, 12)), $"'y' is uint32; expected {type.ToName()}, as 'x' is"));

    [Theory]
    [InlineData(4, new[] { 2 })]
    [InlineData(512, new[] { 4, 4, 4, 4 })]
    [InlineData(256, new[] { 4, 4, 4, 2 })]
    [InlineData(480, new[] { 4, 4, 3, 5 })]
    [InlineData(180, new[] { 2, 3, 3, 5 })]
    public void Stages_of_transforms(int length, int[] radices) =>
        Assert.Equal(radices, new SignalIrfft(Of("x", S, length + 2), Of("y", S, length)).Radices);

    [Theory]
    [InlineData("SignalWindow x w -> y shift=32", "'32' is not a value of 'shift'; expected an integer from 0 to 31")]
    [InlineData("SignalWindow x w -> y", "'SignalWindow' has no attribute 'shift'")]
    [InlineData("SignalWindow x -> y shift=1", "SignalWindow has 1 inputs and 1 outputs; expected 2 and 1")]
    public void Lines_of_a_file(string line, string message)
    {
        string text = "tinyquant-model 1\ntensor x int16 [8]\ntensor w int16 [8] data\n  AAAAAAAAAAAAAAAAAAAAAA==\n"
            + $"tensor y int16 [8]\ninput x\noutput y\nop {line}\n";
        Assert.Contains(message, ModelReader.Read(text).Errors[0].Message, StringComparison.Ordinal);
    }

    private static void AssertErrors(params (Operator Operator, string? Message)[] cases) => Assert.All(
        cases, c => Assert.Equal(c.Message is null ? [] : [c.Message], c.Operator.Validate()));

    private static SignalFramer Framer(Tensor input, Tensor state, Tensor output) =>
        new(input, state, State("c", I, 1), output, Of("v", B));

    private static SignalStacker Stacker(int length, int leftContext, int step) => new(
        [Of("x", S, 4), State("s", S, length), State("c", I, 1)], [Of("y", S, length), Of("v", B)], leftContext, step);

    private static SignalFilterBank Bank(Tensor starts, Tensor weightStarts, Tensor widths) => new(
        [
            Of("x", U, 8), Graphs.Tensor("w", S, [9], constant: true), Graphs.Tensor("u", S, [10], constant: true),
            starts, weightStarts, widths,
        ],
        Of("y", TensorType.UInt64, 2));

    private static Tensor Shorts(string name, params short[] values) =>
        new(name, S, [values.Length], data: [.. MemoryMarshal.AsBytes(values.AsSpan())]);

    private static Tensor Of(string name, TensorType type, params int[] shape) => new(name, type, [.. shape]);

    private static Tensor State(string name, TensorType type, params int[] shape) =>
        new(name, type, [.. shape], isVariable: true);
}
