using System.Numerics.Tensors;
using Gateway.Scoring;

namespace TinyQuant.Data;

/// <summary>
/// Windows of the procedural stream as spectra: a healthy half to learn from, a labelled one to measure on.
/// </summary>
public sealed class VibrationData
{
    private VibrationData(float[][] train, float[][] validation, float[][] test, bool[] isFaulty, float[] loudness) =>
        (Train, Validation, Test, IsFaulty, Loudness) = (train, validation, test, isFaulty, loudness);

    /// <summary>Elements of a spectrum.</summary>
    public static int Length => LogSpectrum.Bands;

    /// <summary>Spectra of the healthy machine, in [0, 1].</summary>
    public IReadOnlyList<float[]> Train { get; }

    /// <summary>
    /// Others of the healthy machine, to choose a threshold by: neither learned from nor measured on.
    /// </summary>
    public IReadOnlyList<float[]> Validation { get; }

    /// <summary>Spectra to measure on.</summary>
    public IReadOnlyList<float[]> Test { get; }

    /// <summary>Whether each of them is of a faulty machine.</summary>
    public IReadOnlyList<bool> IsFaulty { get; }

    /// <summary>The root mean square of each window to measure on: what a simple alarm would look at.</summary>
    public IReadOnlyList<float> Loudness { get; }

    /// <summary>Makes them.</summary>
    public static VibrationData Create(VibrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var stream = new VibrationStream(options);
        var spectrum = new LogSpectrum();
        float[][] train = new float[options.TrainWindows][];
        float[][] validation = new float[options.ValidationWindows][];
        float[][] test = new float[options.TestWindows][];
        float[] loudness = new float[options.TestWindows];
        Fill("train", _ => false, train, new float[options.TrainWindows]);
        Fill("validation", _ => false, validation, new float[options.ValidationWindows]);
        Fill("test", IsFault, test, loudness);
        return new VibrationData(
            train, validation, test, [.. Enumerable.Range(0, options.TestWindows).Select(IsFault)], loudness);

        // Each window is of its number alone, so that it does not matter which core computes it.
        void Fill(string half, Func<int, bool> isFaulty, float[][] spectra, float[] rms) =>
            Parallel.For(0, spectra.Length, () => new float[VibrationStream.Length], (i, _, samples) =>
            {
                stream.Read(half, i, isFaulty(i), samples);
                spectra[i] = new float[LogSpectrum.Bands];
                spectrum.Compute(samples, spectra[i]);
                rms[i] = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(samples) / samples.Length);
                return samples;
            }, _ => { });
    }

    private static bool IsFault(int index) => index % 2 == 1;
}
