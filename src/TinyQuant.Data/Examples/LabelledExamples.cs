namespace TinyQuant.Data;

/// <summary>Inputs of one size, each with a class: one half of a <see cref="DataSet"/>.</summary>
public abstract class LabelledExamples
{
    private protected LabelledExamples(
        string name, int rows, int columns, long values, string unit, ReadOnlyMemory<byte> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values != (long)labels.Length * rows * columns)
        {
            throw new ArgumentException(
                Invariant($"{name}: {labels.Length} labels of {rows}x{columns} {unit} need ")
                    + Invariant($"{(long)labels.Length * rows * columns}, but there are {values}."), nameof(
                    values));
        }

        (Name, Rows, Columns, Labels) = (name, rows, columns, labels);
    }

    /// <summary>The data set and its half, such as <c>mnist/test</c>.</summary>
    public string Name { get; }

    /// <summary>The number of examples.</summary>
    public int Count => Labels.Length;

    /// <summary>The rows of an example; 1 for one that has none.</summary>
    public int Rows { get; }

    /// <summary>The columns of an example.</summary>
    public int Columns { get; }

    /// <summary>The values of an example: <see cref="Rows"/> × <see cref="Columns"/>.</summary>
    public int Length => Rows * Columns;

    /// <summary>The class of each example.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>What people call them: images, or examples.</summary>
    public abstract string Noun { get; }

    /// <summary>
    /// The range of all values where it is known without looking: [0, 1] of pixels. Null where calibration has to look.
    /// </summary>
    public abstract ValueRange? Range { get; }

    /// <summary>Writes an example as the input of a float32 model.</summary>
    /// <param name="index">The example.</param>
    /// <param name="reals">At least <see cref="Length"/> elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public abstract void ReadReals(int index, Span<float> reals);

    /// <summary>The first examples, at most all of them, without a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public abstract LabelledExamples Take(int count);

    /// <summary>Some of the examples in a given order, copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    internal abstract LabelledExamples Select(ReadOnlySpan<int> indices, string name);

    /// <summary>The same examples, label <c>i</c> as <c>labels[i]</c>.</summary>
    internal abstract LabelledExamples Relabel(ReadOnlySpan<byte> labels);

    /// <summary>All that an input is, to tell whether two are the same.</summary>
    internal abstract ReadOnlySpan<byte> Bytes(int index);

    /// <summary>The same for training.</summary>
    /// <exception cref="ArgumentException">There is no augmentation for what they are.</exception>
    internal abstract Examples ForTraining(Augmentation? augmentation, ulong seed);

    private protected byte[] NewLabels(ReadOnlySpan<byte> labels)
    {
        byte[] changed = Labels.ToArray();
        for (int i = 0; i < changed.Length; i++)
        {
            changed[i] = labels[changed[i]];
        }

        return changed;
    }

    private protected int AtMost(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Math.Min(count, Count);
    }

    private protected void Require(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }
}
