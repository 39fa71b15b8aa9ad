using System.Numerics;
using System.Runtime.InteropServices;

namespace Gateway.Scoring;

/// <summary>
/// The spectrum that the model was trained on: the part of a frame's energy in each of 64 bands of equal width, under a
/// Hann window, from a millionth (0) to all (1) on a logarithmic scale. Loudness and units are no part of it.
/// </summary>
/// <remarks>
/// <c>TinyQuant.Data</c> compiles this file too, so that what is scored is what was learned. Each frequency's sum runs
/// over the samples in their order, whatever the width of vectors: neighbouring frequencies are computed at once, from
/// tables that have them side by side.
/// </remarks>
internal sealed class LogSpectrum
{
    /// <summary>Samples of a frame.</summary>
    public const int Samples = 256;

    /// <summary>Numbers of a spectrum.</summary>
    public const int Bands = 64;

    private const int Decades = 6;
    private const int Bins = Samples / 2;

    private readonly float[] _cosines = new float[Samples * Bins]; // [sample, bin]
    private readonly float[] _sines = new float[Samples * Bins];
    private readonly float[] _hann = new float[Samples];

    public LogSpectrum()
    {
        for (int i = 0; i < Samples; i++)
        {
            double angle = 2 * Math.PI * i / Samples;
            _hann[i] = (float)(0.5 - (0.5 * Math.Cos(angle)));
            for (int bin = 0; bin < Bins; bin++)
            {
                double turned = 2 * Math.PI * (bin * i % Samples) / Samples;
                _cosines[(i * Bins) + bin] = (float)Math.Cos(turned);
                _sines[(i * Bins) + bin] = (float)Math.Sin(turned);
            }
        }
    }

    /// <summary>Computes a spectrum.</summary>
    /// <param name="samples"><see cref="Samples"/> finite numbers in any unit.</param>
    /// <param name="bands">Receives <see cref="Bands"/> numbers in [0, 1]; all 0 for a frame without energy.</param>
    public void Compute(ReadOnlySpan<float> samples, Span<float> bands)
    {
        Span<float> energies = stackalloc float[Bins];
        ReadEnergies(samples, energies);
        Span<float> power = stackalloc float[Bands];
        power.Clear();
        float total = 0;
        for (int bin = 1; bin < Bins; bin++) // without the mean
        {
            power[bin * Bands / Bins] += energies[bin];
            total += energies[bin];
        }

        for (int b = 0; b < Bands; b++)
        {
            float part = total > 0 ? power[b] / total : 0;
            bands[b] = Math.Clamp(1 + (MathF.Log10(MathF.Max(part, 1e-12f)) / Decades), 0, 1);
        }
    }

    /// <summary>The squared magnitude of the discrete Fourier transform at each frequency.</summary>
    private void ReadEnergies(ReadOnlySpan<float> samples, Span<float> energies)
    {
        Span<float> windowed = stackalloc float[Samples];
        for (int i = 0; i < Samples; i++)
        {
            windowed[i] = samples[i] * _hann[i];
        }

        for (int bin = 0; bin < Bins; bin += 2 * Vector<float>.Count)
        {
            Vector<float> real0 = default, real1 = default, imaginary0 = default, imaginary1 = default;
            for (int i = 0; i < Samples; i++)
            {
                var sample = new Vector<float>(windowed[i]);
                nuint at = (nuint)((i * Bins) + bin);
                nuint next = at + (nuint)Vector<float>.Count;
                ref float cosines = ref MemoryMarshal.GetArrayDataReference(_cosines);
                ref float sines = ref MemoryMarshal.GetArrayDataReference(_sines);
                real0 += sample * Vector.LoadUnsafe(ref cosines, at);
                real1 += sample * Vector.LoadUnsafe(ref cosines, next);
                imaginary0 += sample * Vector.LoadUnsafe(ref sines, at);
                imaginary1 += sample * Vector.LoadUnsafe(ref sines, next);
            }

            ((real0 * real0) + (imaginary0 * imaginary0)).CopyTo(energies[bin..]);
            ((real1 * real1) + (imaginary1 * imaginary1)).CopyTo(energies[(bin + Vector<float>.Count)..]);
        }
    }
}
