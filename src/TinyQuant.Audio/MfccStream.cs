using System.Globalization;

namespace TinyQuant.Audio;

/// <summary>Mel-frequency cepstral coefficients of the last window of a stream of samples.</summary>
/// <remarks>
/// <para>
/// A window ends at each multiple of <see cref="MfccSettings.FrameStride"/>. Its features are those of its samples
/// taken alone: divided by their maximum, cut into frames, each under a periodic Hann window, Fourier-transformed and
/// summed in mel bands; then the logarithm of each sum and a cosine transform.
/// </para>
/// <para>
/// A sample is worked on once. Dividing by the maximum scales the sums, so they are kept as they come, and scaled when
/// the features are asked for. All memory is allocated here, once. One thread at a time.
/// </para>
/// </remarks>
public sealed class MfccStream
{
    private readonly MfccSettings _settings;
    private readonly RealSpectrum _spectrum;
    private readonly MelBands _bands;
    private readonly Cepstrum _cepstrum;
    private readonly double[] _hann;
    private readonly double[] _frame;
    private readonly double[] _magnitudes;
    private readonly float[] _coefficients;

    // The last hops (stretches of one stride) that a frame reaches over; the newest fills up from _newest on.
    private readonly short[] _recent;
    private readonly int _newest;
    private int _pending;

    // Rings: the sums of each frame and the maximum of each hop of the window, by their number from the start.
    private readonly float[] _sums;
    private readonly short[] _peaks;
    private long _hops;

    /// <summary>Makes the tables, and an empty stream.</summary>
    /// <param name="settings">The recipe; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is outside of its range.</exception>
    public MfccStream(MfccSettings? settings = null)
    {
        _settings = settings ?? new MfccSettings();
        _settings.Validate();
        _spectrum = new RealSpectrum(_settings.FftLength);
        _bands = new MelBands(_settings);
        _cepstrum = new Cepstrum(_settings);
        _hann = new double[_settings.FrameLength];
        for (int i = 0; i < _hann.Length; i++)
        {
            _hann[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / _hann.Length));
        }

        _frame = new double[_settings.FrameLength];
        _magnitudes = new double[(_settings.FftLength / 2) + 1];
        _coefficients = new float[_settings.Coefficients];
        int hopsOfFrame = (_settings.FrameLength + _settings.FrameStride - 1) / _settings.FrameStride;
        _recent = new short[hopsOfFrame * _settings.FrameStride];
        _newest = _recent.Length - _settings.FrameStride;
        _sums = new float[_settings.Frames * _settings.MelBands];
        _peaks = new short[_settings.WindowLength / _settings.FrameStride];
    }

    /// <summary>The recipe.</summary>
    public MfccSettings Settings => _settings;

    /// <summary>Samples taken since the start.</summary>
    public long Samples => (_hops * _settings.FrameStride) + _pending;

    /// <summary>
    /// Whether a window ends at the last sample taken: a whole one came, and its length is a multiple of the stride.
    /// </summary>
    public bool IsAtWindow => _pending == 0 && _hops >= _peaks.Length;

    /// <summary>
    /// The maximum of the last window's samples, at least <see cref="MfccSettings.PeakFloor"/>; they are divided by it.
    /// </summary>
    public int Peak
    {
        get
        {
            int peak = _settings.PeakFloor;
            foreach (short hop in _peaks)
            {
                peak = Math.Max(peak, hop);
            }

            return peak;
        }
    }

    /// <summary>Takes samples up to the next place where a window can end; the rest is for the next call.</summary>
    /// <param name="samples">Any number of samples.</param>
    /// <returns>How many of them were taken: at least one where there is one.</returns>
    public int Push(ReadOnlySpan<short> samples)
    {
        int count = Math.Min(samples.Length, _settings.FrameStride - _pending);
        samples[..count].CopyTo(_recent.AsSpan(_newest + _pending));
        _pending += count;
        if (_pending == _settings.FrameStride)
        {
            EndHop();
        }

        return count;
    }

    /// <summary>Writes the features of the last window.</summary>
    /// <param name="features"><see cref="MfccSettings.Frames"/> rows of <see cref="MfccSettings.Coefficients"/>, the
    /// oldest frame first.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    /// <exception cref="InvalidOperationException">No window ends here: see <see cref="IsAtWindow"/>.</exception>
    public void Write(Span<float> features)
    {
        double scale = Begin(features.Length);
        for (int i = 0; i < _settings.Frames; i++)
        {
            _cepstrum.Write(
                Sums(FirstFrame + i), scale, features.Slice(i * _coefficients.Length, _coefficients.Length));
        }
    }

    /// <summary>
    /// Writes the features of the last window as int8 codes: clamp(round(x / scale) + zeroPoint), halves away from
    /// zero.
    /// </summary>
    /// <param name="codes">As of <see cref="Write"/>.</param>
    /// <param name="scale">The real value of one step, positive.</param>
    /// <param name="zeroPoint">The code of real zero, from -128 to 127.</param>
    /// <exception cref="ArgumentException">The length is another, or a number is outside of its range.</exception>
    /// <exception cref="InvalidOperationException">No window ends here: see <see cref="IsAtWindow"/>.</exception>
    public void WriteCodes(Span<sbyte> codes, float scale, int zeroPoint)
    {
        if (!(scale > 0) || zeroPoint != (sbyte)zeroPoint)
        {
            throw new ArgumentException(
                Invariant($"The codes have scale {scale} and zero point {zeroPoint}; ")
                + "expected a positive scale and -128 to 127.");
        }

        double sampleScale = Begin(codes.Length);
        for (int i = 0; i < _settings.Frames; i++)
        {
            _cepstrum.Write(Sums(FirstFrame + i), sampleScale, _coefficients);
            Span<sbyte> row = codes.Slice(i * _coefficients.Length, _coefficients.Length);
            for (int j = 0; j < row.Length; j++)
            {
                float steps = MathF.Round(_coefficients[j] / scale, MidpointRounding.AwayFromZero);
                row[j] = (sbyte)Math.Clamp(steps + zeroPoint, sbyte.MinValue, sbyte.MaxValue);
            }
        }
    }

    /// <summary>Forgets all samples.</summary>
    public void Reset()
    {
        _hops = 0;
        _pending = 0;
        _peaks.AsSpan().Clear();
    }

    /// <summary>The number of the last window's first frame; frames, like hops, are counted from the start.</summary>
    private long FirstFrame => _hops - _peaks.Length;

    private double Begin(int length)
    {
        if (length != _settings.Features)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"There is room for {length} features; expected {_settings.Features}."));
        }

        return IsAtWindow
            ? 1.0 / Peak
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"No window of {_settings.WindowLength} samples ends after {Samples} samples."));
    }

    private Span<float> Sums(long frame) =>
        _sums.AsSpan((int)(frame % _settings.Frames) * _settings.MelBands, _settings.MelBands);

    private void EndHop()
    {
        short peak = short.MinValue;
        foreach (short sample in _recent.AsSpan(_newest))
        {
            peak = Math.Max(peak, sample);
        }

        _peaks[_hops % _peaks.Length] = peak;
        _hops++;
        _pending = 0;
        long frame = _hops - (_recent.Length / _settings.FrameStride);
        if (frame >= 0)
        {
            AddFrame(frame);
        }

        _recent.AsSpan(_settings.FrameStride).CopyTo(_recent);
    }

    private void AddFrame(long frame)
    {
        for (int i = 0; i < _frame.Length; i++)
        {
            _frame[i] = _recent[i] * _hann[i];
        }

        _spectrum.Write(_frame, _magnitudes);
        _bands.Write(_magnitudes, Sums(frame));
    }
}
