using TinyQuant.Model;

namespace TinyQuant.Generator.Tests.Planning;

/// <summary>
/// Runs the calls of a lowered model over memory that holds, for each byte, what was last written there. It knows the
/// graph and where each span lies, and neither lifetimes nor storages: an operator that reads a byte of anything but
/// the tensor it means has found a wrong plan.
/// </summary>
internal sealed class ArenaSimulation
{
    private const string Arena = "arena";

    private readonly LoweredModel _model;
    private readonly Dictionary<string, object?[]> _memories = [];
    private readonly Dictionary<string, Place> _callers = [];
    private readonly Dictionary<Tensor, Tensor> _contents = []; // an alias has its input's
    private readonly Dictionary<Tensor, Place> _states;
    private readonly HashSet<string> _readOnly; // inputs in memory of the caller's

    private ArenaSimulation(LoweredModel model, int arenaBytes)
    {
        _model = model;
        _memories[Arena] = new object?[arenaBytes];
        _readOnly = [.. model.CallerSpans.Where(s => s.IsInput).Select(s => s.Name)];
        _states = model.States.ToDictionary(s => s.Tensor, s => new Place(Arena, s.Buffer.Offset));
    }

    /// <summary>What <c>Run</c> does over memory of the caller's.</summary>
    public static void Run(LoweredModel model)
    {
        var simulation = new ArenaSimulation(model, model.Arena.ArenaBytes);
        foreach (CallerSpan span in model.CallerSpans)
        {
            simulation.Separate(span.Name, span.Tensor.ByteLength);
        }

        simulation.Inputs();
        simulation.Operators(model.Calls);
        simulation.Outputs(model.Graph.Outputs);
    }

    /// <summary>
    /// What <c>Classify</c> does, with the codes of its input in the arena or in memory of the caller's.
    /// </summary>
    public static void Classify(LoweredModel model, bool ofReals)
    {
        ClassifyPlan plan = model.Classify!;
        var simulation = new ArenaSimulation(model, model.Arena.ClassifyArenaBytes);
        CallerSpan input = model.CallerSpans.Single(s => s.IsInput);
        CallerSpan output = model.CallerSpans.Single(s => !s.IsInput);
        if (ofReals)
        {
            simulation._callers.Add(input.Name, new Place(Arena, plan.Codes!.Offset));
        }
        else
        {
            simulation.Separate(input.Name, input.Tensor.ByteLength);
        }

        if (plan.Last is null)
        {
            simulation._callers.Add(output.Name, new Place(Arena, plan.Scores.Offset));
        }

        simulation.Inputs();
        simulation.Operators(plan.Last is null ? model.Calls : [.. model.Calls.Take(model.Calls.Length - 1)]);
        if (plan.Last is null)
        {
            simulation.Outputs(model.Graph.Outputs);
        }
        else
        {
            simulation.Accumulate(plan);
        }
    }

    private void Separate(string name, int bytes)
    {
        _memories.Add(name, new object?[bytes]);
        _callers.Add(name, new Place(name, 0));
    }

    private void Inputs()
    {
        foreach (Tensor tensor in _model.Graph.Inputs.Concat(_states.Keys))
        {
            _contents[tensor] = tensor;
            Write(PlaceOf(tensor), tensor.ByteLength, tensor);
        }
    }

    private void Operators(IEnumerable<KernelCall> calls)
    {
        foreach (KernelCall call in calls)
        {
            Operator op = call.Operator;
            if (call.IsNothing)
            {
                Assert.Equal(PlaceOf(op.Inputs[0]), PlaceOf(op.Outputs[0]));
                _contents[op.Outputs[0]] = _contents[op.Inputs[0]];
                continue;
            }

            ReadInputs(op);
            Scratch(call, op.Outputs.Select(o => (PlaceOf(o), o.ByteLength)));
            WriteOutputs(op);
        }

        foreach (Tensor state in _states.Keys)
        {
            Read(state, "a later run");
        }
    }

    /// <summary>
    /// The last operator, to accumulators: they order the scores of the model only if it is what computes them.
    /// </summary>
    private void Accumulate(ClassifyPlan plan)
    {
        Operator op = plan.Last!.Operator;
        Assert.Equal(_model.Graph.Outputs.AsEnumerable(), op.Outputs);
        var scores = (new Place(Arena, plan.Scores.Offset), plan.Scores.Bytes);
        ReadInputs(op);
        Scratch(plan.Last, [scores]);
        Assert.All(Activations(op), input => Assert.False(
            Overlap(PlaceOf(input), input.ByteLength, scores.Item1, scores.Bytes),
            $"{op.Kind}: accumulators over '{input.Name}'"));
        Write(scores.Item1, scores.Bytes, plan);
        Assert.All(_states.Keys, state => Read(state, "a later run"));
    }

    private void Outputs(IEnumerable<Tensor> outputs) => Assert.All(outputs, output => Read(output, "the caller"));

    private static IEnumerable<Tensor> Activations(Operator op) => op.Inputs.Where(t => !t.IsConstant).Distinct();

    private void ReadInputs(Operator op)
    {
        foreach (Tensor input in Activations(op))
        {
            Read(input, op.Kind);
        }
    }

    private void Scratch(KernelCall call, IEnumerable<(Place At, int Bytes)> written)
    {
        foreach (ArenaBuffer scratch in call.Buffers.Where(b => b.Region.Kind == RegionKind.Scratch))
        {
            var at = new Place(Arena, scratch.Offset);
            IEnumerable<(Place At, int Bytes)> others = Activations(call.Operator)
                .Select(t => (PlaceOf(t), t.ByteLength))
                .Concat(written)
                .Concat(call.Buffers.Where(b => b != scratch && b.Region.Kind == RegionKind.Scratch)
                    .Select(b => (new Place(Arena, b.Offset), b.Bytes)));
            Assert.All(others, other => Assert.False(
                Overlap(at, scratch.Bytes, other.At, other.Bytes),
                $"{call.Operator.Kind}: scratch '{scratch.Name}' over a tensor"));
            Write(at, scratch.Bytes, scratch);
        }
    }

    private void WriteOutputs(Operator op)
    {
        foreach (Tensor output in op.Outputs)
        {
            for (int i = 0; i < op.Inputs.Length; i++)
            {
                Tensor input = op.Inputs[i];
                bool mayBeOver = op.InPlaceInputs.Contains(i) && !input.IsConstant && PlaceOf(input) == PlaceOf(output);
                Assert.True(
                    input.IsConstant || mayBeOver
                        || !Overlap(PlaceOf(input), input.ByteLength, PlaceOf(output), output.ByteLength),
                    $"{op.Kind}: '{output.Name}' over '{input.Name}'");
            }

            Assert.All(op.Outputs.Where(o => o != output), other => Assert.False(
                Overlap(PlaceOf(other), other.ByteLength, PlaceOf(output), output.ByteLength),
                $"{op.Kind}: '{output.Name}' over '{other.Name}'"));
        }

        foreach (Tensor output in op.Outputs)
        {
            Assert.DoesNotContain(PlaceOf(output).Memory, _readOnly);
            _contents[output] = output;
            Write(PlaceOf(output), output.ByteLength, output);
        }
    }

    private void Read(Tensor tensor, string reader)
    {
        Place at = PlaceOf(tensor);
        object?[] memory = _memories[at.Memory];
        for (int i = 0; i < tensor.ByteLength; i++)
        {
            object? there = memory[at.Offset + i];
            Assert.True(ReferenceEquals(there, _contents[tensor]),
                $"{reader} reads byte {i} of '{tensor.Name}', which is {Describe(there)}'s");
        }
    }

    private void Write(Place at, int bytes, object owner) => Array.Fill(_memories[at.Memory], owner, at.Offset, bytes);

    private Place PlaceOf(Tensor tensor)
    {
        if (_states.TryGetValue(tensor, out Place state))
        {
            return state;
        }

        if (_model.Graph.Inputs.Contains(tensor))
        {
            return _callers[_model.CallerSpans.Single(s => s.Tensor == tensor).Name];
        }

        (string name, ArenaBuffer? buffer) = _model.SpanOf(tensor);
        return buffer is null ? _callers[name] : new Place(Arena, buffer.Offset);
    }

    private static bool Overlap(Place one, int oneBytes, Place other, int otherBytes) =>
        one.Memory == other.Memory && one.Offset < other.Offset + otherBytes && other.Offset < one.Offset + oneBytes;

    private static string Describe(object? owner) => owner switch
    {
        Tensor tensor => tensor.Name,
        ArenaBuffer scratch => "scratch " + scratch.Name,
        null => "nobody",
        _ => "the accumulators",
    };

    private readonly record struct Place(string Memory, int Offset);
}
