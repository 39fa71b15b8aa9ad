using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What an operator's emitter may use: names of tensors, constants to bake, scratch of the arena.</summary>
internal sealed class LoweringContext
{
    private readonly StorageAssignment _storages;
    private readonly Dictionary<Tensor, string> _callers;
    private readonly Dictionary<TensorStorage, ArenaRegion> _regionOf = [];
    private readonly Dictionary<Tensor, ArenaBuffer> _activations = [];
    private readonly Dictionary<Tensor, string> _bakedTensors = [];
    private readonly ConstantPool _constants;
    private readonly Dictionary<Tensor, int> _lastReads = [];
    private readonly ModelStates _states;
    private readonly List<ArenaRegion> _regions = [];
    private readonly List<ArenaBuffer> _buffers = [];
    private readonly List<ArenaBuffer> _used = [];
    private readonly List<SubgraphMethod> _methods;
    private readonly LoweringContext? _outer;
    private int _operatorIndex;

    /// <summary>Of a model.</summary>
    public LoweringContext(Graph graph, NameTable names, CancellationToken cancellation)
        : this(graph, names, new GenerationBudget(graph), null, [], null, cancellation)
    {
    }

    private LoweringContext(
        Graph graph, NameTable names, GenerationBudget budget, ConstantPool? constants, List<SubgraphMethod> methods,
        LoweringContext? outer, CancellationToken cancellation)
    {
        Graph = graph;
        Names = names;
        Cancellation = cancellation;
        CallerSpans = outer is null
            ? Generator.CallerSpans.Of(graph, Names)
            : Generator.CallerSpans.OfSubgraph(graph, Names);
        _callers = CallerSpans.ToDictionary(s => s.Tensor, s => s.Name);
        Budget = budget;
        if (outer is null)
        {
            Budget.GenerateSurface();
        }

        _constants = constants ?? new ConstantPool(names, Budget);
        _methods = methods;
        _outer = outer;
        _states = outer?._states ?? new ModelStates(graph.Operators.Length - 1);
        _storages = StoragePlanner.Plan(graph, keepsWindows: outer is null, cancellation);
        foreach (TensorStorage storage in _storages.Storages.Where(s => s.Kind == StorageKind.Arena))
        {
            _regionOf.Add(storage, AddRegion(new ArenaRegion(
                storage.Owner.Name, RegionKind.Activation, storage.Bytes, storage.FirstUse, storage.LastUse)));
        }

        foreach (TensorStorage storage in _storages.Storages.Where(s => s.Kind == StorageKind.State))
        {
            _regionOf.Add(storage, _states.RegionOf(storage));
        }

        Dictionary<Tensor, int> writes = [];
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            foreach (Tensor input in graph.Operators[i].Inputs)
            {
                _lastReads[input] = i;
            }

            foreach (Tensor output in graph.Operators[i].Outputs)
            {
                writes[output] = i;
            }
        }

        foreach (Tensor tensor in graph.Tensors.Where(t => !t.IsConstant))
        {
            AddActivation(tensor, writes.TryGetValue(tensor, out int write) ? write : -1);
        }
    }

    public Graph Graph { get; }

    /// <summary>
    /// The rounding of operators that float-even does not apply to, which is all but convolutions, FullyConnected and
    /// requantization.
    /// </summary>
    public Rounding FixedPointRounding => Graph.Rounding == Rounding.Single ? Rounding.Single : Rounding.Double;

    public NameTable Names { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The methods of the graphs that operators run.</summary>
    public IReadOnlyList<SubgraphMethod> Methods => _methods;

    /// <summary>What counts for an operator of the model: what is made for one of a subgraph is its own.</summary>
    public int CostIndex => _outer?.CostIndex ?? OperatorIndex;

    /// <summary>What the model may make.</summary>
    public GenerationBudget Budget { get; }

    /// <summary>The operator that is being lowered: what is baked and used meanwhile is its own.</summary>
    public int OperatorIndex
    {
        get => _operatorIndex;
        set
        {
            _operatorIndex = value;
            _used.Clear();
        }
    }

    /// <summary>
    /// The context of a graph that the operator runs which is being lowered: memory of its own, in the names and the
    /// constants of the model.
    /// </summary>
    public LoweringContext ForSubgraph(Graph graph) =>
        new(graph, Names, Budget, _constants, _methods, this, Cancellation);

    /// <summary>Adds a method to the generated type.</summary>
    /// <exception cref="UnsupportedModelException">It makes more code than the budget has.</exception>
    public void AddMethod(SubgraphMethod method)
    {
        Budget.Generate(
            CostIndex, method.Lines.Sum(l => (long)l.Length) + method.Parameters.Sum(p => (long)p.Declaration.Length));
        _methods.Add(method);
    }

    /// <summary>The parameters of <c>Run</c> besides the arena: inputs, then outputs.</summary>
    public IReadOnlyList<CallerSpan> CallerSpans { get; }

    public IReadOnlyList<Constant> Constants => _constants.All;

    /// <summary>The pieces of its arena; all state lies in that of the model.</summary>
    public IReadOnlyList<ArenaRegion> Regions => _outer is null ? [.. _states.Regions, .. _regions] : _regions;

    public IReadOnlyList<ArenaBuffer> Buffers => _buffers;

    /// <summary>
    /// State tensors of the model, where each lies and what it begins with, which is baked: its own, then those that
    /// only graphs have which its operators run.
    /// </summary>
    public IEnumerable<StateTensor> States()
    {
        Tensor[] own = [.. Graph.Tensors.Where(t => t.IsVariable && _activations.ContainsKey(t))];
        HashSet<string> names = new(own.Select(t => t.Name), StringComparer.Ordinal);
        foreach (Tensor inner in Graph.States.Where(t => !names.Contains(t.Name)))
        {
            ArenaRegion region = _states[inner.Name];
            _activations.Add(inner, AddBuffer(
                inner.Name, inner.Type, inner.ElementCount, region, region.FirstUse, region.LastUse));
            own = [.. own, inner];
        }

        return own.Select(t => StateTensor.Of(t, _activations[t], this));
    }

    /// <summary>What a method is given that keeps state: the model's arena.</summary>
    public KernelArgument[] StateArgument(bool keepsState) =>
        keepsState ? [_outer is null ? "arena" : SubgraphMethod.State] : [];

    /// <summary>
    /// The span that holds a tensor: a parameter of the caller's, a local over the arena, or a constant, baked as it
    /// is.
    /// </summary>
    public string Span(Tensor tensor)
    {
        if (_activations.TryGetValue(tensor, out ArenaBuffer? buffer))
        {
            return Use(buffer);
        }

        if (!tensor.IsConstant)
        {
            return _callers[_storages[tensor].Owner];
        }

        if (!_bakedTensors.TryGetValue(tensor, out string? name))
        {
            name = Bake(tensor.Name, tensor.Type, [.. tensor.Data!.Value], tensor.ToString());
            _bakedTensors.Add(tensor, name);
        }

        return name;
    }

    /// <summary>The span of each activation that an operator writes.</summary>
    public IReadOnlyDictionary<Tensor, (string Name, ArenaBuffer? Buffer)> Spans =>
        Graph.Operators.SelectMany(o => o.Outputs).Distinct().ToDictionary(
        tensor => tensor,
        tensor =>
            _activations.TryGetValue(tensor, out ArenaBuffer? buffer)
                ? (buffer.Identifier, buffer)
                : (_callers[_storages[tensor].Owner], (ArenaBuffer?)null));

    /// <summary>The memory of an activation, and what else is in it.</summary>
    public TensorStorage StorageOf(Tensor tensor) => _storages[tensor];

    /// <summary>Whether the operator's output lies in the memory of one of its inputs.</summary>
    public bool IsInPlace(int operatorIndex) => _storages.IsShared(operatorIndex);

    /// <summary>Whether an operator has nothing to do: its output is its input, in one memory.</summary>
    public bool IsNothing(int operatorIndex) => _storages.IsDone(operatorIndex);

    /// <summary>
    /// A call of a kernel for the operator that is being lowered, over the spans that it has asked for.
    /// </summary>
    /// <exception cref="UnsupportedModelException">It makes more code than the budget has.</exception>
    public KernelCall Call(Operator op, string method, params KernelArgument[] arguments) =>
        Calls(op, method, [arguments]);

    /// <summary>Calls of one kernel for the operator that is being lowered, one after another.</summary>
    /// <exception cref="UnsupportedModelException">They make more code than the budget has.</exception>
    public KernelCall Calls(Operator op, string method, IReadOnlyList<KernelArgument[]> arguments)
    {
        var first = new KernelCall(op, method, [.. arguments[0]], [.. _used.Distinct()])
        {
            Further = [.. arguments.Skip(1).Select(a => new KernelCall(op, method, [.. a], []))],
        };
        Budget.Generate(CostIndex, first.CodeLength);
        return first;
    }

    /// <summary>Bakes bytes and returns the name of their span.</summary>
    /// <exception cref="UnsupportedModelException">It is more than a model of this size may bake.</exception>
    public string Bake(string name, TensorType type, byte[] data, string comment) =>
        _constants.Bake(CostIndex, name, type, data, comment);

    /// <summary>Bakes integers and returns the name of their span.</summary>
    public string Bake(string name, int[] values, string comment) =>
        Bake(name, TensorType.Int32, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), comment);

    /// <summary>Memory of the arena for the operator that is being lowered, and the name of its span.</summary>
    /// <exception cref="UnsupportedModelException">It is more than an arena has.</exception>
    public string Scratch(string name, TensorType type, long count)
    {
        long bytes = count * type.SizeInBytes();
        if (bytes > int.MaxValue)
        {
            Operator op = Graph.Operators[OperatorIndex];
            throw new UnsupportedModelException(op.Line, FormattableString.Invariant(
                $"{op.Kind} of '{op.Outputs[0].Name}' needs {bytes} bytes of scratch; expected at most ")
                    + FormattableString.Invariant($"{int.MaxValue}"));
        }

        return Use(AddBuffer(name, type, (int)count, AddRegion(
            new ArenaRegion(name, RegionKind.Scratch, (int)bytes, OperatorIndex, OperatorIndex)), OperatorIndex,
            OperatorIndex));
    }

    /// <summary>Memory that only <c>Classify</c> needs, from one operator to another, both included.</summary>
    public ArenaBuffer ForClassify(string name, TensorType type, int count, int firstUse, int lastUse) =>
        AddBuffer(name, type, count,
        AddRegion(new ArenaRegion(name, RegionKind.Classify, checked(count * type.SizeInBytes()), firstUse, lastUse)),
        firstUse, lastUse);

    /// <summary>The index of the last operator that reads a tensor; -1 where none does.</summary>
    public int LastRead(Tensor tensor) => _lastReads.TryGetValue(tensor, out int index) ? index : -1;

    private string Use(ArenaBuffer buffer)
    {
        _used.Add(buffer);
        return buffer.Identifier;
    }

    private ArenaRegion AddRegion(ArenaRegion region)
    {
        _regions.Add(region);
        return region;
    }

    private ArenaBuffer AddBuffer(
        string name, TensorType type, int count, ArenaRegion region, int firstUse, int lastUse, int offset = 0)
    {
        var buffer = new ArenaBuffer(name, Names.Camel(name), type, count, region, firstUse, lastUse, offset)
        {
            Memory = region.Kind == RegionKind.State && _outer is not null ? SubgraphMethod.State : "arena",
        };
        _buffers.Add(buffer);
        return buffer;
    }

    private void AddActivation(Tensor tensor, int written)
    {
        if ((written < 0 && LastRead(tensor) < 0) || !_regionOf.TryGetValue(_storages[tensor], out ArenaRegion? region))
        {
            return; // nobody's, or the caller's
        }

        (int first, int last) = tensor.IsVariable
            ? (region.FirstUse, region.LastUse)
            : (written, Math.Max(written, LastRead(tensor)));
        _activations.Add(tensor, AddBuffer(
            tensor.Name, tensor.Type, tensor.ElementCount, region, first, last, _storages.OffsetOf(tensor)));
    }
}
