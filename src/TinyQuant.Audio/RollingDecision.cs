using System.Globalization;

namespace TinyQuant.Audio;

/// <summary>Words from a model's scores of overlapping windows.</summary>
/// <remarks>
/// A word is found where the average score of its class over the last windows is the greatest of all and at least the
/// threshold. For some windows after it none is found. All memory is allocated here, once. One thread at a time.
/// </remarks>
public sealed class RollingDecision
{
    private readonly RollingDecisionSettings _settings;
    private readonly bool[] _isWord;
    private readonly float[] _scores;
    private int _count;
    private int _next;
    private int _suppressed;

    /// <param name="isWord">For each class of the model whether it is a word, and not silence or anything else.</param>
    /// <param name="settings">When there is a word; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no class, or a setting is outside of its range.</exception>
    public RollingDecision(ReadOnlySpan<bool> isWord, RollingDecisionSettings? settings = null)
    {
        if (isWord.IsEmpty)
        {
            throw new ArgumentException("There is no class; expected at least one.");
        }

        _settings = settings ?? new RollingDecisionSettings();
        _settings.Validate();
        _isWord = isWord.ToArray();
        _scores = new float[_settings.Windows * isWord.Length];
    }

    /// <summary>Takes the scores of the next window.</summary>
    /// <param name="scores">One for each class, from 0 to 1.</param>
    /// <param name="average">The word's average; 0 where there is none.</param>
    /// <returns>The class of the word that is found now, or -1.</returns>
    /// <exception cref="ArgumentException">There are more or fewer scores than classes.</exception>
    public int Add(ReadOnlySpan<float> scores, out float average)
    {
        int classes = _isWord.Length;
        if (scores.Length != classes)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"There are {scores.Length} scores; expected {classes}."));
        }

        scores.CopyTo(_scores.AsSpan(_next * classes));
        _next = (_next + 1) % _settings.Windows;
        _count = Math.Min(_count + 1, _settings.Windows);
        average = 0;
        if (_suppressed > 0)
        {
            _suppressed--;
            return -1;
        }

        int best = Best(out float greatest);
        if (_count < _settings.Windows || !_isWord[best] || greatest < _settings.Threshold)
        {
            return -1;
        }

        _suppressed = _settings.SuppressedWindows;
        average = greatest;
        return best;
    }

    /// <summary>Forgets all windows.</summary>
    public void Reset()
    {
        _count = 0;
        _next = 0;
        _suppressed = 0;
    }

    /// <summary>The class of the greatest average, the first of equals.</summary>
    private int Best(out float greatest)
    {
        int classes = _isWord.Length;
        int best = 0;
        greatest = float.NegativeInfinity;
        for (int c = 0; c < classes; c++)
        {
            float sum = 0;
            for (int i = c; i < _scores.Length; i += classes)
            {
                sum += _scores[i];
            }

            if (sum / _settings.Windows > greatest)
            {
                greatest = sum / _settings.Windows;
                best = c;
            }
        }

        return best;
    }
}
