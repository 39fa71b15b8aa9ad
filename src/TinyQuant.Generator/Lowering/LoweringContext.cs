using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What an operator's emitter may use: names of tensors, constants to bake, scratch of the arena.</summary>
internal sealed class LoweringContext
{
    /// <summary>Members of every generated type and parameters of every generated method.</summary>
    private static readonly string[] s_reserved =
    [
        "input", "output", "arena", "pixels", "values", "index", "_arena", "Arena", "ArenaMemory", "ArenaBytes",
        "WeightBytes", "BakedBytes", "Macs", "ModelName", "InputLength", "OutputLength", "InputScale", "InputZeroPoint",
        "OutputScale", "OutputZeroPoint", "LabelCount", "GetLabel", "Run", "RunLayers", "Classify",
    ];

    private readonly Dictionary<Tensor, string> _spans = [];
    private readonly Dictionary<Tensor, ArenaBuffer> _activations = [];
    private readonly List<CallerSpan> _callerSpans = [];
    private readonly List<Constant> _constants = [];
    private readonly List<ArenaBuffer> _buffers = [];

    public LoweringContext(Graph graph, string typeName)
    {
        Graph = graph;
        Names = new NameTable(s_reserved.Append(typeName));
        AddCallerSpans(graph.Inputs, "Input");
        AddCallerSpans(graph.Outputs, "Output");
        foreach (Tensor tensor in graph.Operators.SelectMany(o => o.Outputs).Where(t => !_spans.ContainsKey(t)))
        {
            AddActivation(tensor);
        }
    }

    public Graph Graph { get; }

    public NameTable Names { get; }

    /// <summary>The operator that is being lowered: what is baked meanwhile is its own.</summary>
    public int OperatorIndex { get; set; }

    /// <summary>The parameters of <c>Run</c> besides the arena: inputs, then outputs.</summary>
    public IReadOnlyList<CallerSpan> CallerSpans => _callerSpans;

    public IReadOnlyList<Constant> Constants => _constants;

    public IReadOnlyList<ArenaBuffer> Buffers => _buffers;

    /// <summary>The variable that holds an activation: a parameter of the caller's or a local over the arena.</summary>
    public string Span(Tensor tensor) => _spans[tensor];

    /// <summary>The arena's buffers among these activations.</summary>
    public IEnumerable<ArenaBuffer> BuffersOf(IEnumerable<Tensor> tensors) =>
        tensors.Where(_activations.ContainsKey).Select(t => _activations[t]);

    /// <summary>Bakes bytes and returns the name of their span.</summary>
    public string Bake(string name, TensorType type, byte[] data, string comment)
    {
        var constant = new Constant(Names.Constant(name), type, data, comment, OperatorIndex);
        _constants.Add(constant);
        return constant.Name;
    }

    /// <summary>Bakes integers and returns the name of their span.</summary>
    public string Bake(string name, int[] values, string comment) =>
        Bake(name, TensorType.Int32, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), comment);

    /// <summary>Memory of the arena from one operator to another, both included.</summary>
    public ArenaBuffer Scratch(string name, TensorType type, int count, int firstUse, int lastUse)
    {
        var buffer = new ArenaBuffer(Names.Camel(name), type, count, firstUse, lastUse);
        _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>The index of the last operator that reads a tensor; -1 where none does.</summary>
    public int LastRead(Tensor tensor)
    {
        for (int i = Graph.Operators.Length - 1; i >= 0; i--)
        {
            if (Graph.Operators[i].Inputs.Contains(tensor))
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>A lone input or output is called just that; several keep their tensors' names.</summary>
    private void AddCallerSpans(IReadOnlyList<Tensor> tensors, string alone)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            bool isAlone = tensors.Count == 1;
            string prefix = isAlone ? alone : alone + (i + 1);
            foreach (string constant in new[] { "Length", "Scale", "ZeroPoint" })
            {
                Names.Reserve(prefix + constant);
            }
            string name = isAlone ? alone.ToLowerInvariant() : Names.Camel(tensors[i].Name);
            _spans.Add(tensors[i], name);
            _callerSpans.Add(new CallerSpan(tensors[i], name, prefix, IsInput: alone == "Input"));
        }
    }

    private void AddActivation(Tensor tensor)
    {
        int written = Graph.Operators.IndexOf(Graph.Operators.First(o => o.Outputs.Contains(tensor)));
        ArenaBuffer buffer = Scratch(
            tensor.Name, tensor.Type, tensor.ElementCount, written, Math.Max(written, LastRead(tensor)));
        _activations.Add(tensor, buffer);
        _spans.Add(tensor, buffer.Identifier);
    }
}
