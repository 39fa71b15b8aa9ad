using TinyQuant.Kernels;

namespace Gateway.Scoring;

/// <summary>
/// Scores frames: the mean squared error with which the autoencoder reconstructs a frame's spectrum. Nothing is
/// allocated after the constructor. For one thread at a time.
/// </summary>
internal sealed class FrameScorer
{
    private readonly LogSpectrum _spectrum = new();
    private SensorModel _model;

    /// <summary>The score of a frame, at least 0; the larger, the less it looks like a healthy machine.</summary>
    /// <param name="samples"><see cref="LogSpectrum.Samples"/> finite numbers in any unit.</param>
    public float Score(ReadOnlySpan<float> samples)
    {
        Span<float> bands = stackalloc float[LogSpectrum.Bands];
        Span<sbyte> codes = stackalloc sbyte[SensorModel.InputLength];
        Span<sbyte> reconstruction = stackalloc sbyte[SensorModel.OutputLength];
        _spectrum.Compute(samples, bands);
        Quantize.Run(bands, SensorModel.InputScale, SensorModel.InputZeroPoint, codes);
        _model.Run(codes, reconstruction);
        double sum = 0;
        for (int b = 0; b < bands.Length; b++)
        {
            float given = (reconstruction[b] - SensorModel.OutputZeroPoint) * SensorModel.OutputScale;
            sum += ((double)bands[b] - given) * (bands[b] - given); // as the recipe multiplies it, to the bit
        }

        return (float)(sum / bands.Length);
    }
}
