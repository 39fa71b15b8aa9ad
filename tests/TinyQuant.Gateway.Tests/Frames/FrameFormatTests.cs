using CsCheck;
using Gateway.Frames;
using Gateway.Monitoring;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Frames;

/// <summary>Payloads to samples, and payloads that are none.</summary>
public sealed class FrameFormatTests
{
    private readonly float[] _samples = new float[256];

    [Fact]
    public void Float32_samples_are_read_as_they_are()
    {
        float[] sent = TestFrames.Samples(3, isFaulty: true);
        Assert.Equal(Rejection.None, FrameFormat.Read(TestFrames.Float32(sent), _samples));
        Assert.Equal(sent, _samples);
    }

    [Fact]
    public void Int16_samples_are_scaled()
    {
        float[] sent = TestFrames.Samples(4, isFaulty: false);
        Assert.Equal(Rejection.None, FrameFormat.Read(TestFrames.Int16(sent, 0.01f), _samples));
        Assert.All(sent.Zip(_samples), pair => Assert.Equal(pair.First, pair.Second, 0.0051f));
        Assert.All(_samples, sample => Assert.Equal(MathF.Round(sample / 0.01f) * 0.01f, sample));
    }

    public static TheoryData<string, Action<byte[]>> Damages => new()
    {
        { "version", payload => payload[0] = 2 },
        { "encoding", payload => payload[1] = 2 },
        { "count", payload => payload[2] = 1 },
        { "scale 0", payload => payload.AsSpan(4, 4).Clear() },
        { "scale NaN", payload => (payload[6], payload[7]) = (0xc0, 0x7f) },
        { "scale negative", payload => payload[7] |= 0x80 },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_wrong_header_is_refused(string what, Action<byte[]> damage)
    {
        Assert.NotEmpty(what);
        byte[] payload = TestFrames.Float32(TestFrames.Samples(0, isFaulty: false));
        damage(payload);
        Assert.Equal(Rejection.Header, FrameFormat.Read(payload, _samples));
    }

    [Fact]
    public void Every_other_length_is_refused()
    {
        byte[] payload = TestFrames.Int16(TestFrames.Samples(0, isFaulty: false), 0.01f);
        byte[] longer = [.. payload, 0, 0];
        for (int length = 0; length <= longer.Length; length++)
        {
            Rejection expected = length == payload.Length ? Rejection.None : Rejection.Length;
            Assert.Equal(expected, FrameFormat.Read(longer.AsSpan(0, length), _samples));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-2e16f)]
    public void A_sample_that_cannot_be_scored_is_refused(float value)
    {
        float[] sent = TestFrames.Samples(0, isFaulty: false);
        sent[200] = value;
        Assert.Equal(Rejection.Sample, FrameFormat.Read(TestFrames.Float32(sent), _samples));
    }

    [Fact]
    public void Whatever_is_read_has_a_finite_score()
    {
        var scorer = new global::Gateway.Scoring.FrameScorer();
        byte[] frame = TestFrames.Float32(TestFrames.Samples(0, isFaulty: false));
        Gen.Select(Gen.Byte.Array[0, 1_100], Gen.Bool, Gen.Float).Sample((bytes, hasHeader, value) =>
        {
            byte[] payload = hasHeader ? [.. frame[..8], .. bytes.Concat(frame).Take(1_024)] : bytes;
            if (hasHeader)
            {
                BitConverter.TryWriteBytes(payload.AsSpan(4), value);
            }

            if (FrameFormat.Read(payload, _samples) == Rejection.None)
            {
                Assert.True(float.IsFinite(scorer.Score(_samples)));
            }
        }, iter: 2_000, threads: 1);
    }
}
