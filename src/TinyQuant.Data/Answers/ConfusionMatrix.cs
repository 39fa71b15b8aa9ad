namespace TinyQuant.Data;

/// <summary>How often images of each class were given each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <summary>Counts answers.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="answers">The class each was given.</param>
    /// <param name="classes">How many classes there are.</param>
    public ConfusionMatrix(ReadOnlySpan<byte> labels, ReadOnlySpan<int> answers, int classes)
    {
        if (labels.Length != answers.Length || labels.IsEmpty)
        {
            throw new ArgumentException(
                $"{answers.Length} answers do not fit {labels.Length} labels.", nameof(answers));
        }

        _counts = new int[classes, classes];
        for (int i = 0; i < labels.Length; i++)
        {
            _counts[labels[i], answers[i]]++;
        }

        Total = labels.Length;
    }

    /// <summary>The number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>The number of images.</summary>
    public int Total { get; }

    /// <summary>How often images of one class were given another.</summary>
    public int this[int label, int answer] => _counts[label, answer];

    /// <summary>The fraction of correct answers.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(c => _counts[c, c]) / Total;

    /// <summary>The number of images of a class.</summary>
    public int Count(int label) => Enumerable.Range(0, Classes).Sum(answer => _counts[label, answer]);

    /// <summary>The fraction of correct answers of one class; NaN where it has no image.</summary>
    public double AccuracyOf(int label) => (double)_counts[label, label] / Count(label);
}
