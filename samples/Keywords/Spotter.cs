using TinyQuant.Audio;

namespace Keywords;

/// <summary>
/// Words in a stream: ten times a second the model sees the last second. What is allocated is allocated here, once.
/// </summary>
internal sealed class Spotter
{
    public const int SampleRate = 16_000;

    /// <summary>Samples from one window that the model sees to the next; a multiple of the stride of frames.</summary>
    public const int Step = 1_600;

    // Sound that stays below is not made louder than it would be with this maximum, -42 dB of full scale.
    private const int StreamPeakFloor = 256;

    private readonly MfccStream _features = new(new MfccSettings { PeakFloor = StreamPeakFloor });
    private readonly RollingDecision _decision;
    private readonly KeywordModel _model = new();
    private readonly sbyte[] _codes = new sbyte[KeywordModel.InputLength];
    private readonly sbyte[] _scores = new sbyte[KeywordModel.OutputLength];
    private readonly float[] _reals = new float[KeywordModel.OutputLength];

    public Spotter(float threshold)
    {
        Span<bool> isWord = stackalloc bool[KeywordModel.LabelCount];
        isWord[..KeywordModel.Words].Fill(true);
        _decision = new RollingDecision(isWord, new RollingDecisionSettings { Threshold = threshold });
    }

    /// <summary>Samples that have come.</summary>
    public long Samples => _features.Samples;

    /// <summary>The model's last scores, as codes.</summary>
    public ReadOnlySpan<sbyte> Scores => _scores;

    /// <summary>Takes samples until a word is found or all are taken.</summary>
    /// <param name="samples">The next samples; those that were taken are cut off.</param>
    /// <param name="hit">The word.</param>
    /// <returns>Whether one was found.</returns>
    public bool Find(ref ReadOnlySpan<short> samples, out Hit hit)
    {
        while (!samples.IsEmpty)
        {
            samples = samples[_features.Push(samples)..];
            if (!_features.IsAtWindow || _features.Samples % Step != 0)
            {
                continue;
            }

            Classify(_features);
            int word = _decision.Add(_reals, out float average);
            if (word >= 0)
            {
                hit = new Hit(word, average, _features.Samples);
                return true;
            }
        }

        hit = default;
        return false;
    }

    /// <summary>The class of one window of sound alone, by the recipe that the model was trained with.</summary>
    /// <param name="samples">At most a window's samples; zeros are thought behind them.</param>
    public Hit Classify(ReadOnlySpan<short> samples)
    {
        var features = new MfccStream();
        Span<short> window = new short[features.Settings.WindowLength];
        samples.CopyTo(window);
        while (!features.IsAtWindow)
        {
            window = window[features.Push(window)..];
        }

        Classify(features);
        int best = 0;
        for (int i = 1; i < _reals.Length; i++)
        {
            best = _reals[i] > _reals[best] ? i : best;
        }

        return new Hit(best, _reals[best], samples.Length);
    }

    private void Classify(MfccStream features)
    {
        features.WriteCodes(_codes, KeywordModel.InputScale, KeywordModel.InputZeroPoint);
        _model.Run(_codes, _scores);
        for (int i = 0; i < _reals.Length; i++)
        {
            _reals[i] = (_scores[i] - KeywordModel.OutputZeroPoint) * KeywordModel.OutputScale;
        }
    }
}
