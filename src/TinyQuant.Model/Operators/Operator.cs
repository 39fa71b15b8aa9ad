using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// A node of the graph: reads tensors, writes tensors. One sealed class an operator, in <c>Operators/</c>, under the
/// name that TensorFlow Lite gives it.
/// </summary>
public abstract class Operator
{
    private protected Operator(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, int line)
    {
        Inputs = inputs;
        Outputs = outputs;
        Line = line;
    }

    /// <summary>The graphs that it runs, in the order of its attributes; empty for most operators.</summary>
    public virtual ImmutableArray<Graph> Subgraphs => ImmutableArray<Graph>.Empty;

    /// <summary>Those of its graphs that a run can reach.</summary>
    internal virtual IEnumerable<Graph> Reached => Subgraphs;

    /// <summary>What it reads, constants included, in the order of the model file.</summary>
    public ImmutableArray<Tensor> Inputs { get; }

    /// <summary>What it writes.</summary>
    public ImmutableArray<Tensor> Outputs { get; }

    /// <summary>The line of the model file it was read from, from 0; -1 where there is none.</summary>
    public int Line { get; }

    /// <summary>The name in a model file, for example <c>FullyConnected</c>.</summary>
    public string Kind => GetType().Name;

    /// <summary>The attributes that differ from their defaults, as they stand in a model file.</summary>
    public IEnumerable<KeyValuePair<string, string>> Attributes => Schema.Attributes.SelectMany(a => a.TextOf(this));

    private OperatorSchema Schema => OperatorRegistry.Of(this);

    /// <summary>Multiply-accumulate operations of one run.</summary>
    public abstract long Macs { get; }

    /// <summary>
    /// Indexes of the inputs whose memory the output may take over, element by element at the same place: the kernel
    /// has read what it overwrites. Empty for most operators. Of inputs that may be views of one memory, which have the
    /// same type and number of elements, it is all or none.
    /// </summary>
    public virtual ImmutableArray<int> InPlaceInputs => ImmutableArray<int>.Empty;

    /// <summary>
    /// Bytes that the kernel needs for copies of what it overwrites when it works in place: it is done only where the
    /// arena gets smaller by it, these bytes included.
    /// </summary>
    public virtual int InPlaceScratchBytes => 0;

    /// <summary>
    /// Whether the output is the first input's bytes under another shape, so that both can be one memory.
    /// </summary>
    public virtual bool IsAlias => false;

    /// <summary>Indexes of the inputs that are state: variable tensors, read and written in each run.</summary>
    public virtual ImmutableArray<int> StateInputs => ImmutableArray<int>.Empty;

    /// <summary>
    /// Whether a run may end behind it, without outputs: <c>Run</c> then says whether there are any.
    /// </summary>
    public virtual bool EndsRuns => Reached.Any(g => g.Operators.Any(o => o.EndsRuns));

    /// <summary>Whether its outputs are variable tensors: what it writes is kept for the next run.</summary>
    public virtual bool WritesState => false;

    /// <summary>
    /// Whether other operators may have the same state. State of any other kind belongs to one alone.
    /// </summary>
    public virtual bool SharesState => false;

    /// <summary>
    /// What is wrong with types, shapes and quantization; a message each, none where all is right. It relies on
    /// tensors that are right by themselves, which <see cref="GraphValidator"/> checks first.
    /// </summary>
    public abstract IEnumerable<string> Validate();

    /// <summary>
    /// What is wrong with the attributes by themselves; <see cref="Validate"/> relies on there being nothing.
    /// </summary>
    internal IEnumerable<string> AttributeErrors() => Schema.Attributes.Select(a => a.ErrorOf(this)).OfType<string>();

    /// <summary>The same operator over other tensors: its attributes and line stay.</summary>
    /// <param name="inputs">What it reads then; as many as an operator of its kind may read.</param>
    /// <param name="outputs">What it writes then; as many as an operator of its kind may write.</param>
    /// <returns>A new operator, not yet validated.</returns>
    /// <exception cref="ArgumentException">Too few or too many tensors.</exception>
    public Operator With(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs) =>
        Schema.With(this, inputs, outputs);
}
