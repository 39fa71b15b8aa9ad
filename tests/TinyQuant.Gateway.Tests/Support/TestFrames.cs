using System.Buffers.Binary;
using TinyQuant.Data;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>Windows of the recipe's stream, and their payloads.</summary>
internal static class TestFrames
{
    private const int HeaderBytes = 8;

    private static readonly VibrationStream s_stream = new(new VibrationOptions());

    /// <summary>A window of the half that the recipe measures on.</summary>
    public static float[] Samples(int index, bool isFaulty, string half = "test")
    {
        float[] samples = new float[VibrationStream.Length];
        s_stream.Read(half, index, isFaulty, samples);
        return samples;
    }

    /// <summary>Samples as float32.</summary>
    public static byte[] Float32(ReadOnlySpan<float> samples, float scale = 1)
    {
        byte[] payload = Header(0, samples.Length, scale, sizeof(float));
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(payload.AsSpan(HeaderBytes + (i * sizeof(float))), samples[i]);
        }

        return payload;
    }

    /// <summary>Samples as int16, rounded to steps.</summary>
    public static byte[] Int16(ReadOnlySpan<float> samples, float scale)
    {
        byte[] payload = Header(1, samples.Length, scale, sizeof(short));
        for (int i = 0; i < samples.Length; i++)
        {
            short code = (short)Math.Clamp(MathF.Round(samples[i] / scale), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(payload.AsSpan(HeaderBytes + (i * sizeof(short))), code);
        }

        return payload;
    }

    private static byte[] Header(byte encoding, int count, float scale, int width)
    {
        byte[] payload = new byte[HeaderBytes + (count * width)];
        (payload[0], payload[1]) = (1, encoding);
        BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(2), (ushort)count);
        BinaryPrimitives.WriteSingleLittleEndian(payload.AsSpan(4), scale);
        return payload;
    }
}
