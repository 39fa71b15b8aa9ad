using TinyQuant.Audio.Tests.Support;
using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Audio.Tests;

/// <summary>
/// Features against <see cref="ReferenceMfcc"/>; the same however the samples come; and what is refused.
/// </summary>
public class MfccStreamTests
{
    /// <summary>
    /// The greatest difference from the reference, absolute: features reach ±100, and sums are kept in float32.
    /// </summary>
    private const double Bound = 1e-5;

    // The keyword model's input.
    private const float Scale = 0.5847029f;
    private const int ZeroPoint = 83;

    public static TheoryData<string> Sound => [.. Sounds.Names];

    [Theory]
    [MemberData(nameof(Sound))]
    public void Features_and_codes_are_those_of_the_recipe(string sound) =>
        AssertAsReference(Sounds.Named(sound, 16_000), new MfccSettings());

    [AudioFact]
    public void Features_and_codes_of_recorded_words_are_those_of_the_recipe()
    {
        foreach (string file in AudioFiles.All())
        {
            AssertAsReference(WaveFile.Samples(File.ReadAllBytes(file), 16_000), new MfccSettings());
        }
    }

    public static TheoryData<MfccSettings> OtherSettings =>
    [
        new() { PeakFloor = 5_000 },
        new() { FrameLength = 320 },
        new() { FrameLength = 512, FrameStride = 200, WindowLength = 4_000 },
        new() { SampleRate = 8_000, WindowLength = 2_048, FrameLength = 256, FrameStride = 128, FftLength = 256,
            MelBands = 20, Coefficients = 20, LogOffset = 1e-3 },
        new() { FrameLength = 480, FrameStride = 480, WindowLength = 480, FftLength = 1_024, MelBands = 128,
            LowestFrequency = 0, HighestFrequency = 8_000, Coefficients = 13 },
    ];

    [Theory]
    [MemberData(nameof(OtherSettings))]
    public void Other_recipes_too(MfccSettings settings)
    {
        AssertAsReference(Sounds.Named("rising tone", settings.WindowLength), settings);
        AssertAsReference(Sounds.Named("noise", settings.WindowLength), settings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(320)]
    [InlineData(321)]
    [InlineData(100_000)]
    public void The_same_however_the_samples_come(int chunk)
    {
        short[] samples = Sounds.Stream(20_000);

        Assert.Equal(Windows(samples, 160), Windows(samples, chunk));
    }

    [Fact]
    public void Each_window_of_a_stream_is_the_recipe_on_its_samples_alone()
    {
        short[] samples = Sounds.Stream(40_000);
        var settings = new MfccSettings();
        var stream = new MfccStream(settings);
        float[] features = new float[settings.Features];
        int windows = 0;

        ReadOnlySpan<short> rest = samples;
        while (!rest.IsEmpty)
        {
            rest = rest[stream.Push(rest)..];
            if (stream.IsAtWindow && windows++ % 10 == 0)
            {
                stream.Write(features);
                double[] expected = ReferenceMfcc.Features(
                    samples.AsSpan((int)stream.Samples - 16_000, 16_000), settings);
                Assert.All(expected.Zip(features), pair => Assert.Equal(pair.First, pair.Second, Bound));
            }
        }

        Assert.Equal(((40_000 - 16_000) / 320) + 1, windows);
    }

    [Fact]
    public void A_stream_that_is_reset_is_as_new()
    {
        short[] samples = Sounds.Stream(16_000);
        var stream = new MfccStream();
        Feed(stream, Sounds.Named("noise", 17_000));

        stream.Reset();

        Assert.Equal((0, 1, false), (stream.Samples, stream.Peak, stream.IsAtWindow));
        Feed(stream, samples);
        sbyte[] codes = new sbyte[490];
        stream.WriteCodes(codes, Scale, ZeroPoint);
        Assert.Equal(Windows(samples, 1_000).Single(), codes);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        short[] samples = Sounds.Stream(32_000);
        var stream = new MfccStream();
        sbyte[] codes = new sbyte[490];
        float[] features = new float[490];
        Work(stream, samples, codes, features);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Work(stream, samples, codes, features);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void What_is_not_to_be_had_is_refused()
    {
        var stream = new MfccStream();
        Assert.Contains("No window of 16000 samples ends after 0",
            Assert.Throws<InvalidOperationException>(() => stream.Write(new float[490])).Message,
            StringComparison.Ordinal);
        Feed(stream, new short[16_001]);
        Assert.Throws<InvalidOperationException>(() => stream.Write(new float[490]));
        Feed(stream, new short[319]);
        stream.Write(new float[490]);
        Assert.Contains("room for 489 features; expected 490",
            Assert.Throws<ArgumentException>(() => stream.Write(new float[489])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => stream.WriteCodes(new sbyte[491], Scale, ZeroPoint));
        Assert.Throws<ArgumentException>(() => stream.WriteCodes(new sbyte[490], 0, ZeroPoint));
        Assert.Throws<ArgumentException>(() => stream.WriteCodes(new sbyte[490], float.NaN, ZeroPoint));
        Assert.Throws<ArgumentException>(() => stream.WriteCodes(new sbyte[490], Scale, 128));
    }

    public static TheoryData<string, MfccSettings> WrongSettings => new()
    {
        { "FrameStride is 0", new() { FrameStride = 0 } },
        { "FftLength is 500", new() { FftLength = 500 } },
        { "FrameLength is 513; expected 320 to 512", new() { FrameLength = 513 } },
        { "FrameLength is 319", new() { FrameLength = 319 } },
        { "WindowLength is 16001; expected a multiple of 320", new() { WindowLength = 16_001 } },
        { "WindowLength is 320", new() { WindowLength = 320 } },
        { "SampleRate is 0", new() { SampleRate = 0 } },
        { "LowestFrequency is -1", new() { LowestFrequency = -1 } },
        { "HighestFrequency is 8001; expected above 20, at most 8000", new() { HighestFrequency = 8_001 } },
        { "HighestFrequency is 20", new() { HighestFrequency = 20 } },
        { "MelBands is 0", new() { MelBands = 0 } },
        { "Coefficients is 41; expected 1 to 40", new() { Coefficients = 41 } },
        { "LogOffset is 0", new() { LogOffset = 0 } },
        { "PeakFloor is 0", new() { PeakFloor = 0 } },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void A_setting_outside_of_its_range_is_refused(string message, MfccSettings settings) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new MfccStream(settings)).Message,
            StringComparison.Ordinal);

    private static void AssertAsReference(ReadOnlySpan<short> window, MfccSettings settings)
    {
        var stream = new MfccStream(settings);
        float[] features = new float[settings.Features];
        sbyte[] codes = new sbyte[settings.Features];
        sbyte[] quantized = new sbyte[settings.Features];
        Feed(stream, window);

        stream.Write(features);
        stream.WriteCodes(codes, Scale, ZeroPoint);
        Quantize.Run(features, Scale, ZeroPoint, quantized);

        Assert.Equal(quantized, codes);
        double[] expected = ReferenceMfcc.Features(window, settings);
        Assert.Equal(expected.Length, features.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], features[i], Bound);
            // Codes differ only where the reference lies within the bound of a half.
            Assert.InRange(codes[i], Code(expected[i] - Bound), Code(expected[i] + Bound));
        }
    }

    private static sbyte Code(double value) =>
        (sbyte)Math.Clamp(Math.Round(value / Scale, MidpointRounding.AwayFromZero) + ZeroPoint, -128, 127);

    private static void Feed(MfccStream stream, ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            samples = samples[stream.Push(samples)..];
        }
    }

    /// <summary>The codes of every window, of samples that come in pieces.</summary>
    private static List<sbyte[]> Windows(short[] samples, int chunk)
    {
        var stream = new MfccStream();
        var windows = new List<sbyte[]>();
        for (int at = 0; at < samples.Length; at += chunk)
        {
            ReadOnlySpan<short> piece = samples.AsSpan(at, Math.Min(chunk, samples.Length - at));
            while (!piece.IsEmpty)
            {
                piece = piece[stream.Push(piece)..];
                if (stream.IsAtWindow)
                {
                    sbyte[] codes = new sbyte[490];
                    stream.WriteCodes(codes, Scale, ZeroPoint);
                    windows.Add(codes);
                }
            }
        }

        return windows;
    }

    private static void Work(MfccStream stream, ReadOnlySpan<short> samples, Span<sbyte> codes, Span<float> features)
    {
        while (!samples.IsEmpty)
        {
            samples = samples[stream.Push(samples)..];
            if (stream.IsAtWindow)
            {
                stream.WriteCodes(codes, Scale, ZeroPoint);
                stream.Write(features);
            }
        }
    }
}
