using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Data;

/// <summary>A data set, whole and verified.</summary>
/// <param name="Name"><c>mnist</c>, <c>fashion-mnist</c>, <c>strokes</c>, or that of a user's own.</param>
/// <param name="Train">What to train on.</param>
/// <param name="Test">What to measure on; never trained on.</param>
/// <param name="ClassNames">The name of each class, in the order of the labels.</param>
/// <param name="Source">Where it came from, for people to read.</param>
public sealed record DataSet(
    string Name,
    LabelledExamples Train,
    LabelledExamples Test,
    ImmutableArray<string> ClassNames,
    string Source)
{
    /// <summary>
    /// Sentences for people: what was found out about a user's own files, what was passed over in them, and what may be
    /// wrong with them. Often none.
    /// </summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What to train on, where it is pictures.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public LabelledImages TrainImages => Images(Train);

    /// <summary>What to measure on, where it is pictures.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public LabelledImages TestImages => Images(Test);

    /// <summary>The same examples with the labels that a model's outputs have: label i is output i.</summary>
    /// <remarks>
    /// Where the model has labels, a class is the output whose label is its name; numbers are outputs where no label is
    /// a number. Where it has none, as from a <c>.tflite</c> file, numbers are outputs, and names are outputs in their
    /// order where there are as many.
    /// </remarks>
    /// <param name="graph">The model. One of several outputs gives no class, and changes nothing.</param>
    /// <exception cref="InvalidDataException">A class is no output; the message says the classes and the
    /// outputs.</exception>
    public DataSet WithClassesOf(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return ModelClasses.Match(this, graph);
    }

    /// <summary>
    /// The same examples with labels that are the numbers that the classes' names are, for files that have no names.
    /// Where a name is no number from 0 to 255, they stay in the order of <see cref="ClassNames"/>.
    /// </summary>
    public DataSet WithNumbersAsLabels() => ModelClasses.Number(this);

    private static LabelledImages Images(LabelledExamples examples) =>
        examples as LabelledImages
            ?? throw new ArgumentException($"{examples.Name} holds real numbers; expected images.");
}
