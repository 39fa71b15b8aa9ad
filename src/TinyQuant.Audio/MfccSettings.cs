using System.Globalization;

namespace TinyQuant.Audio;

/// <summary>How sound becomes mel-frequency cepstral coefficients.</summary>
/// <remarks>
/// The defaults are those that MLPerf Tiny trains its keyword model with (<c>get_dataset.py</c> of mlcommons/tiny): one
/// second of 16 kHz as 49 frames of 10 coefficients.
/// </remarks>
public sealed class MfccSettings
{
    /// <summary>Samples a second, in Hz.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>
    /// Samples of a window, whose features a model takes at once; a multiple of <see cref="FrameStride"/>.
    /// </summary>
    public int WindowLength { get; init; } = 16_000;

    /// <summary>Samples of a frame, from <see cref="FrameStride"/> to <see cref="FftLength"/>.</summary>
    public int FrameLength { get; init; } = 480;

    /// <summary>Samples from the start of one frame to that of the next.</summary>
    public int FrameStride { get; init; } = 320;

    /// <summary>Points of the Fourier transform, a power of two; a frame is padded to it with zeros.</summary>
    public int FftLength { get; init; } = 512;

    /// <summary>Bands on the mel scale.</summary>
    public int MelBands { get; init; } = 40;

    /// <summary>The lower edge of the lowest band, in Hz.</summary>
    public double LowestFrequency { get; init; } = 20;

    /// <summary>The upper edge of the highest band, in Hz; at most half of <see cref="SampleRate"/>.</summary>
    public double HighestFrequency { get; init; } = 4_000;

    /// <summary>Coefficients that are kept of each frame, the first ones; at most <see cref="MelBands"/>.</summary>
    public int Coefficients { get; init; } = 10;

    /// <summary>What is added to each band before the logarithm, of samples whose maximum is 1.</summary>
    public double LogOffset { get; init; } = 1e-6;

    /// <summary>
    /// The least maximum of a window, as a sample's value from 1 to 32,767, that its samples are divided by: quieter
    /// sound is not made as loud as speech.
    /// </summary>
    public int PeakFloor { get; init; } = 1;

    /// <summary>Frames of a window: those that lie in it whole.</summary>
    public int Frames => ((WindowLength - FrameLength) / FrameStride) + 1;

    /// <summary>Features of a window: <see cref="Frames"/> rows of <see cref="Coefficients"/>.</summary>
    public int Features => Frames * Coefficients;

    /// <exception cref="ArgumentException">A value is outside of its range; the message says which.</exception>
    internal void Validate()
    {
        Require(FrameStride > 0, nameof(FrameStride), FrameStride, "a positive number");
        Require(FftLength is >= 4 and <= 65_536 && int.IsPow2(FftLength), nameof(FftLength), FftLength,
            "a power of two from 4 to 65,536");
        Require(FrameLength >= FrameStride && FrameLength <= FftLength, nameof(FrameLength), FrameLength,
            string.Create(CultureInfo.InvariantCulture,
            $"{FrameStride} to {FftLength}"));
        Require(WindowLength >= FrameLength && WindowLength % FrameStride == 0, nameof(WindowLength), WindowLength,
            string.Create(CultureInfo.InvariantCulture,
            $"a multiple of {FrameStride}, at least {FrameLength}"));
        Require(SampleRate > 0, nameof(SampleRate), SampleRate, "a positive number");
        Require(LowestFrequency >= 0, nameof(LowestFrequency), LowestFrequency, "at least 0");
        Require(HighestFrequency > LowestFrequency && HighestFrequency <= SampleRate / 2.0, nameof(HighestFrequency),
            HighestFrequency, string.Create(CultureInfo.InvariantCulture,
            $"above {LowestFrequency}, at most {SampleRate / 2.0}"));
        Require(MelBands > 0, nameof(MelBands), MelBands, "a positive number");
        Require(Coefficients > 0 && Coefficients <= MelBands, nameof(Coefficients), Coefficients,
            string.Create(CultureInfo.InvariantCulture,
            $"1 to {MelBands}"));
        Require(LogOffset > 0 && double.IsFinite(LogOffset), nameof(LogOffset), LogOffset, "a positive number");
        Require(PeakFloor is >= 1 and <= short.MaxValue, nameof(PeakFloor), PeakFloor, "1 to 32,767");
    }

    private static void Require(bool isRight, string name, double value, string expected)
    {
        if (!isRight)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{name} is {value}; expected {expected}."));
        }
    }
}
