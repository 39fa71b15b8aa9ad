using System.Buffers.Binary;
using Gateway.Monitoring;
using Gateway.Scoring;

namespace Gateway.Frames;

/// <summary>
/// The payload of a frame, little-endian: byte 0 the version, 1; byte 1 the encoding of samples; bytes 2 and 3 the
/// number of samples, 256; bytes 4 to 7 a float32, the physical value of one step; then the samples, int16 or float32.
/// </summary>
internal static class FrameFormat
{
    public const byte Version = 1;
    public const byte Float32 = 0;
    public const byte Int16 = 1;
    public const int HeaderBytes = 8;

    /// <summary>Bytes of the longest payload, a frame of float32.</summary>
    public const int MaxBytes = HeaderBytes + (LogSpectrum.Samples * sizeof(float));

    /// <summary>The square of the sum of 256 such samples is a float32.</summary>
    private const float MaxMagnitude = 1e16f;

    /// <summary>Reads a frame. Nothing is allocated.</summary>
    /// <param name="payload">Any bytes.</param>
    /// <param name="samples">Receives <see cref="LogSpectrum.Samples"/> physical values; undefined where there is no
    /// frame.</param>
    public static Rejection Read(ReadOnlySpan<byte> payload, Span<float> samples)
    {
        if (payload.Length < HeaderBytes)
        {
            return Rejection.Length;
        }

        int width = payload[1] switch { Float32 => sizeof(float), Int16 => sizeof(short), _ => 0 };
        int count = BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]);
        float scale = BinaryPrimitives.ReadSingleLittleEndian(payload[4..]);
        if (payload[0] != Version || width == 0 || count != LogSpectrum.Samples
            || !(float.IsFinite(scale) && scale > 0))
        {
            return Rejection.Header;
        }

        ReadOnlySpan<byte> body = payload[HeaderBytes..];
        if (body.Length != count * width)
        {
            return Rejection.Length;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            float value = width == sizeof(short)
                ? BinaryPrimitives.ReadInt16LittleEndian(body[(i * sizeof(short))..])
                : BinaryPrimitives.ReadSingleLittleEndian(body[(i * sizeof(float))..]);
            samples[i] = value * scale;
        }

        return AreUsable(samples) ? Rejection.None : Rejection.Sample;
    }

    /// <summary>Finite, and small enough that the energy of a spectrum is finite as well.</summary>
    private static bool AreUsable(ReadOnlySpan<float> samples)
    {
        foreach (float sample in samples)
        {
            if (!(MathF.Abs(sample) <= MaxMagnitude))
            {
                return false;
            }
        }

        return true;
    }
}
