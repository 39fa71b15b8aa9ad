using System.Globalization;
using System.Runtime.InteropServices;

namespace TinyQuant.Data;

/// <summary>Real numbers, such as a sensor's, as many in each example, each example with a class.</summary>
public sealed class LabelledVectors : LabelledExamples
{
    private readonly ReadOnlyMemory<float> _values;

    /// <summary>Wraps values and labels; nothing is copied.</summary>
    /// <param name="name">The data set and its half, such as <c>gestures/test</c>.</param>
    /// <param name="length">Values of an example, at least 1.</param>
    /// <param name="values">All examples one after the other.</param>
    /// <param name="labels">The class of each example.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not positive.</exception>
    /// <exception cref="ArgumentException">Values and labels do not fit together, or a value is not finite.</exception>
    public LabelledVectors(string name, int length, ReadOnlyMemory<float> values, ReadOnlyMemory<byte> labels)
        : base(name, 1, length, values.Length, "values", labels)
    {
        ReadOnlySpan<float> all = values.Span;
        for (int i = 0; i < all.Length; i++)
        {
            if (!float.IsFinite(all[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{name}: value {i % length} of example {i / length} is {all[i]}; expected finite numbers."),
                    nameof(values));
            }
        }

        _values = values;
    }

    /// <inheritdoc/>
    public override string Noun => "examples";

    /// <inheritdoc/>
    public override ValueRange? Range => null;

    /// <summary>The values of one example.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public ReadOnlySpan<float> Vector(int index)
    {
        Require(index);
        return _values.Span.Slice(index * Length, Length);
    }

    /// <inheritdoc/>
    public override void ReadReals(int index, Span<float> reals) => Vector(index).CopyTo(reals);

    /// <inheritdoc/>
    public override LabelledVectors Take(int count)
    {
        int taken = AtMost(count);
        return new(Name, Length, _values[..(taken * Length)], Labels[..taken]);
    }

    internal override LabelledVectors Select(ReadOnlySpan<int> indices, string name)
    {
        float[] values = new float[indices.Length * Length];
        byte[] labels = new byte[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Vector(indices[i]).CopyTo(values.AsSpan(i * Length));
            labels[i] = Labels.Span[indices[i]];
        }

        return new LabelledVectors(name, Length, values, labels);
    }

    internal override LabelledVectors Relabel(ReadOnlySpan<byte> labels) =>
        new(Name, Length, _values, NewLabels(labels));

    internal override ReadOnlySpan<byte> Bytes(int index) => MemoryMarshal.AsBytes(Vector(index));

    internal override Examples ForTraining(Augmentation? augmentation, ulong seed) => augmentation is null
        ? new VectorExamples(Name, [.. Enumerable.Range(0, Count).Select(i => Vector(i).ToArray())])
        : throw new ArgumentException("Only images can be shifted, turned and mirrored.", nameof(augmentation));
}
