using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>Compares what a model's generated code computes with what a reference recorded.</summary>
public sealed class ModelVerifier : IDisposable
{
    private readonly CompiledModel _model;
    private readonly Tolerance _tolerance;

    private ModelVerifier(CompiledModel model, Tolerance tolerance)
    {
        _model = model;
        _tolerance = tolerance;
    }

    /// <summary>Whether all that was compared so far is equal to the bit, and not only within the tolerance.</summary>
    public bool IsEqual { get; private set; } = true;

    /// <summary>Generates and compiles a model.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="tracesLayers">Whether layers are to be compared too.</param>
    /// <param name="tolerance">How far float32 values may be from what was expected; <see cref="Tolerance.Float32"/>
    /// where it is null.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    public static ModelVerifier Compile(Graph graph, bool tracesLayers, Tolerance? tolerance = null) =>
        new(CompiledModel.Compile(graph, tracesLayers), tolerance ?? Tolerance.Float32);

    /// <summary>Runs every input and compares every output.</summary>
    /// <param name="inputs">The inputs of one or more runs.</param>
    /// <param name="expected">As many runs' outputs.</param>
    /// <param name="carriesState">Whether state is carried from run to run; else it is reset before each.</param>
    /// <returns>The first difference; null where there is none.</returns>
    /// <exception cref="InvalidDataException">There are not as many outputs as inputs.</exception>
    public Mismatch? Outputs(RecordedTensors inputs, RecordedTensors expected, bool carriesState) =>
        Outputs(inputs, expected, carriesState, RecordedMarks.None);

    /// <summary>The same where not all of the outputs counts.</summary>
    internal Mismatch? Outputs(
        RecordedTensors inputs, RecordedTensors expected, bool carriesState, RecordedMarks marks)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(expected);
        if (inputs.Count != expected.Count)
        {
            throw new InvalidDataException(
                $"there are {inputs.Count} inputs and {expected.Count} expected outputs; expected as many.");
        }

        byte[][] outputs = [.. _model.Graph.Outputs.Select(t => new byte[t.ByteLength])];
        _model.Reset();
        for (int run = 0; run < inputs.Count; run++)
        {
            if (!carriesState)
            {
                _model.Reset();
            }

            bool hasOutputs = _model.Run(inputs.Run(run), outputs);
            if (hasOutputs != marks.HasOutputs(run))
            {
                return new Mismatch("whether there are outputs", run, 0, hasOutputs ? 0 : 1, hasOutputs ? 1 : 0, 1);
            }

            if (!hasOutputs)
            {
                continue;
            }

            byte[][] wanted = expected.Run(run);
            UnwrittenRows.Cover(_model.Graph, wanted, outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                marks.Cover(run, i, _model.Graph.Outputs[i].Type.SizeInBytes(), wanted[i], outputs[i]);
                if (Compare(_model.Graph.Outputs[i], run, wanted[i], outputs[i]) is { } mismatch)
                {
                    return mismatch;
                }
            }
        }

        return null;
    }

    /// <summary>Runs the first input and compares what each operator computes.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="layers">What a reference computed for the first of them.</param>
    /// <returns>The first operator's difference; null where there is none.</returns>
    /// <exception cref="InvalidDataException">The layers are not of this model.</exception>
    public Mismatch? Layers(RecordedTensors inputs, IReadOnlyList<RecordedLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(layers);
        _model.Reset();
        byte[][] outputs = [.. _model.Graph.Outputs.Select(t => new byte[t.ByteLength])];
        int next = 0;
        int compared = 0;
        foreach ((int index, int output, byte[] bytes) in _model.Trace(inputs.Run(0), outputs))
        {
            Tensor tensor = _model.Graph.Operators[index].Outputs[output];
            int found = Find(layers, next, tensor);
            if (found < 0)
            {
                continue;
            }

            RecordedLayer layer = layers[found];
            next = found + 1;
            if (layer.Bytes.Length != bytes.Length)
            {
                throw new InvalidDataException(
                    $"the recorded layer '{tensor.Name}' has {layer.Bytes.Length} bytes; {tensor} has {bytes.Length}.");
            }

            compared++;
            if (Compare(tensor, 0, layer.Bytes, bytes) is { } mismatch)
            {
                return mismatch;
            }
        }

        return compared > 0
            ? null
            : throw new InvalidDataException("none of the recorded layers has the name of a tensor of this model.");
    }

    /// <summary>
    /// The recorded layer of a tensor, by name. A reference's model may have no names; then the next one of its size is
    /// meant, since both have their operators in one order.
    /// </summary>
    private static int Find(IReadOnlyList<RecordedLayer> layers, int next, Tensor tensor)
    {
        for (int i = next; i < layers.Count; i++)
        {
            if (layers[i].Tensor == tensor.Name
                || (layers[i].Tensor.Length == 0 && layers[i].Bytes.Length == tensor.ByteLength))
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private Mismatch? Compare(Tensor tensor, int run, byte[] expected, byte[] actual)
    {
        int index = Math.Max(0, _model.Graph.Operators.ToList().FindIndex(o => o.Outputs.Contains(tensor)));
        Operator op = _model.Graph.Operators[index];
        // Dequantized codes are one product: nothing about them is a matter of order.
        Tolerance tolerance = op.Kind == "Dequantize" ? Tolerance.None : _tolerance;
        TensorComparison found = TensorComparer.Compare(tensor.Type, tolerance, expected, actual);
        IsEqual &= found.IsEqual;
        return found.Count == 0
            ? null
            : new Mismatch(Invariant($"'{tensor.Name}' (operator {index}, {op.Kind})"), run, found.Element,
                found.Expected, found.Actual, found.Count);
    }
}
