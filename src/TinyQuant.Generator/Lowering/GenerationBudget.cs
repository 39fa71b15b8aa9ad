using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// What the code of a model may come to, so that a small file cannot keep a compiler busy for minutes or make it run
/// out of memory. The C# compiler takes 100 to 200 MB for each MB of code or of constants that it is handed.
/// </summary>
/// <param name="graph">The model.</param>
internal sealed class GenerationBudget(Graph graph)
{
    /// <summary>
    /// Code, tables, biases and multipliers beside weights; a network of 1,000 operators takes one or two.
    /// </summary>
    public const int FreeMegabytes = 8;

    /// <summary>Biases, multipliers and padding may be larger than the weights that they belong to.</summary>
    public const int TimesConstants = 6;

    /// <summary>
    /// Besides, what is made: operators may share weights, each in a layout of its own that is made before it is seen
    /// to be known.
    /// </summary>
    public const int FreePackedMegabytes = 64;

    /// <summary>Per byte of the model's constants.</summary>
    public const int TimesPacked = 32;

    /// <summary>So many sums have a linear form searched for, which takes a millisecond each.</summary>
    public const int SearchedSums = 1_000;

    private const long Megabyte = 1 << 20;
    private const int LabelCode = 150; // an arm of a switch
    private const int LineCode = 100;

    private readonly long _own = graph.ConstantBytes + graph.ConstantScaleBytes;
    private long _generated;
    private long _packed;
    private int _searchedSums;

    private long Most => (FreeMegabytes * Megabyte) + (TimesConstants * _own);

    /// <summary>
    /// Whether a linear form of one more sum may be searched for, which looks at 65,536 pairs of codes up to 49 times.
    /// The sums for which it may not have the general form, with the same answers.
    /// </summary>
    public bool MaySearchSum() => _searchedSums++ < SearchedSums;

    /// <summary>Takes room for what is handed to the compiler.</summary>
    /// <param name="operatorIndex">The operator that it is for.</param>
    /// <param name="bytes">Bytes of code or of constants.</param>
    /// <exception cref="UnsupportedModelException">There is not so much left.</exception>
    public void Generate(int operatorIndex, long bytes)
    {
        Require(operatorIndex, bytes);
        _generated += bytes;
    }

    /// <summary>
    /// Looks whether there is so much room, before anything is made: for tables as long as a shape says.
    /// </summary>
    /// <param name="operatorIndex">The operator that it is for.</param>
    /// <param name="bytes">Bytes of code or of constants.</param>
    /// <exception cref="UnsupportedModelException">There is not so much left.</exception>
    public void Require(int operatorIndex, long bytes) =>
        Check(operatorIndex, _generated + bytes, Most, "of code and constants");

    /// <summary>Takes room for constants that are made and may turn out to be there already.</summary>
    /// <param name="operatorIndex">The operator that they are for.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <exception cref="UnsupportedModelException">There is not so much left.</exception>
    public void Pack(int operatorIndex, long bytes)
    {
        _packed += bytes;
        Check(operatorIndex, _packed, (FreePackedMegabytes * Megabyte) + (TimesPacked * _own),
            "of weights that operators share, counted for each");
    }

    /// <summary>
    /// Takes room for what stands beside the operators: labels and notes, and checks of the caller's spans.
    /// </summary>
    /// <exception cref="UnsupportedModelException">There is not so much.</exception>
    public void GenerateSurface()
    {
        long texts = graph.Labels.Sum(l => LabelCode + (2L * l.Length))
            + graph.Notes.Sum(n => LineCode + (long)n.Length)
            + graph.Metrics.Sum(m => LineCode + (long)m.Name.Length + m.DataSet.Length);
        long spans = (long)graph.Outputs.Length * (graph.Inputs.Length + graph.Outputs.Length);
        _generated += texts + (spans * LineCode);
        if (_generated > Most)
        {
            throw new UnsupportedModelException(0,
                Invariant($"{graph.Labels.Length} labels, {graph.Notes.Length} notes, {graph.Metrics.Length} ")
                    + Invariant($"metrics, {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs ")
                + Invariant($"make {_generated} bytes of code; expected at most {Most}"));
        }
    }

    private void Check(int operatorIndex, long bytes, long most, string what)
    {
        if (bytes > most)
        {
            Operator op = graph.Operators[operatorIndex];
            throw new UnsupportedModelException(op.Line,
                Invariant($"up to {op.Kind} of '{op.Outputs[0].Name}' the model makes {bytes} bytes {what}; ")
                + Invariant($"expected at most {most} for the {_own} bytes of its own constants"));
        }
    }
}
