using Gateway.Scoring;

namespace TinyQuant.Data;

/// <summary>
/// The acceleration of a rotating machine, window by window: harmonics of a speed that varies, the mesh of a gear,
/// noise and a loudness that varies most. A fault is one of three: shocks that ring (a bearing), a line at half the
/// speed (looseness), or sidebands of the gear mesh (a worn tooth).
/// </summary>
/// <param name="options">Its form.</param>
internal sealed class VibrationStream(VibrationOptions options)
{
    /// <summary>Samples of a window.</summary>
    public const int Length = LogSpectrum.Samples;

    private const int Teeth = 9;
    private const float Tau = 2 * MathF.PI;

    /// <summary>Writes a window.</summary>
    /// <param name="half">What it is for: the same number is another window in another half.</param>
    /// <param name="index">Which window.</param>
    /// <param name="isFaulty">Whether the machine is faulty.</param>
    /// <param name="samples">Receives <see cref="Length"/> samples.</param>
    public void Read(string half, int index, bool isFaulty, Span<float> samples)
    {
        var random = Pcg32.At(options.Seed, half, (ulong)index, 0);
        float speed = random.NextBetween(0.024f, 0.036f); // turns a sample
        float noise = random.NextBetween(0.08f, 0.16f);
        samples.Clear();
        AddTone(samples, random, speed, 1);
        AddTone(samples, random, 2 * speed, random.NextBetween(0.3f, 0.6f));
        AddTone(samples, random, 3 * speed, random.NextBetween(0.1f, 0.3f));
        AddTone(samples, random, Teeth * speed, random.NextBetween(0.2f, 0.4f));
        foreach (ref float sample in samples)
        {
            sample += noise * random.NextNormal();
        }

        if (isFaulty)
        {
            AddFault(samples, random, speed);
        }

        float loudness = random.NextBetween(0.5f, 1.5f);
        foreach (ref float sample in samples)
        {
            sample *= loudness;
        }
    }

    private void AddFault(Span<float> samples, Pcg32 random, float speed)
    {
        float strength = options.Severity * random.NextBetween(0.5f, 1.5f);
        switch (random.NextBelow(3))
        {
            case 0:
                AddShocks(samples, random, speed, 0.9f * strength);
                break;
            case 1:
                AddTone(samples, random, 0.5f * speed, 0.25f * strength);
                AddTone(samples, random, 1.5f * speed, 0.25f * strength);
                break;
            default:
                AddTone(samples, random, (Teeth - 1) * speed, 0.15f * strength);
                AddTone(samples, random, (Teeth + 1) * speed, 0.15f * strength);
                break;
        }
    }

    private static void AddTone(Span<float> samples, Pcg32 random, float frequency, float amplitude)
    {
        float phase = random.NextBetween(0, Tau);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] += amplitude * MathF.Sin((Tau * frequency * i) + phase);
        }
    }

    /// <summary>A shock about three and a half times a turn, each ringing for some twenty samples.</summary>
    private static void AddShocks(Span<float> samples, Pcg32 random, float speed, float amplitude)
    {
        float distance = 1 / (3.57f * speed);
        float ring = random.NextBetween(0.36f, 0.42f);
        for (float at = random.NextBetween(0, distance); at < samples.Length; at += distance)
        {
            for (int i = (int)MathF.Ceiling(at); i < Math.Min(samples.Length, at + 24); i++)
            {
                samples[i] += amplitude * MathF.Exp(-(i - at) / 6) * MathF.Sin(Tau * ring * (i - at));
            }
        }
    }
}
