using System.Numerics.Tensors;

namespace TinyQuant.Training.Layers;

/// <summary>A graph of layers, each behind those that it reads, with the buffers between them.</summary>
public sealed class Network
{
    private readonly NetworkNode[] _nodes;
    private readonly float[] _input;
    private readonly float[][] _values;
    private readonly float[][] _gradients;
    private readonly float[][][] _inputs;
    private readonly float[]?[][] _inputGradients;
    private readonly List<float[]>[] _further; // gradients of a node's readers but the first, to be added to it
    private Pass _pass;

    /// <summary>Joins layers, each reading the one before it.</summary>
    /// <param name="maxBatch">The most examples that go through at once.</param>
    /// <param name="layers">At least one; each takes as many elements as the one before it gives.</param>
    public Network(int maxBatch, params IReadOnlyList<Layer> layers)
        : this(maxBatch, [.. layers.Select((layer, i) => new NetworkNode(layer, [i - 1]))])
    {
    }

    /// <summary>Joins the nodes of a graph; the last one's output is the network's.</summary>
    /// <param name="maxBatch">The most examples that go through at once.</param>
    /// <param name="nodes">At least one; each reads the network's input or nodes before it.</param>
    public Network(int maxBatch, IReadOnlyList<NetworkNode> nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfZero(nodes.Count);
        _nodes = [.. nodes];
        Check();
        MaxBatch = maxBatch;
        Parameters = [.. _nodes.SelectMany(n => n.Layer.Parameters)];
        State = [.. _nodes.SelectMany(n => n.Layer.State)];
        _input = new float[maxBatch * InputLength];
        _values = [.. _nodes.Select(n => new float[maxBatch * n.Layer.OutputLength])];
        _gradients = [.. _nodes.Select(n => new float[maxBatch * n.Layer.OutputLength])];
        _inputs = [.. _nodes.Select(n => n.Inputs.Select(i => i < 0 ? _input : _values[i]).ToArray())];
        _further = [.. _nodes.Select(_ => new List<float[]>())];
        _inputGradients = [.. _nodes.Select(n => new float[]?[n.Inputs.Length])];
        ConnectGradients();
    }

    /// <summary>The most examples that go through at once.</summary>
    public int MaxBatch { get; }

    /// <summary>The shape of one input.</summary>
    public FeatureShape InputShape => _nodes[0].Layer.InputShapes[0];

    /// <summary>Elements of one input.</summary>
    public int InputLength => InputShape.Length;

    /// <summary>Elements of one output.</summary>
    public int OutputLength => _nodes[^1].Layer.OutputLength;

    /// <summary>Layers and what each reads, in order.</summary>
    public IReadOnlyList<NetworkNode> Nodes => _nodes;

    /// <summary>What training changes, of all layers.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What else the trained network is made of, such as running means.</summary>
    public IReadOnlyList<float[]> State { get; }

    /// <summary>How many numbers training changes.</summary>
    public int ParameterCount => Parameters.Sum(p => p.Values.Length);

    /// <summary>The buffer to fill with [batch, InputLength] before <see cref="Forward(Pass)"/>.</summary>
    public Span<float> Input(int batch) => InputBuffer.Span[..(batch * InputLength)];

    /// <summary>The whole of that buffer.</summary>
    public Memory<float> InputBuffer => _input;

    /// <summary>What a node gave in the last <see cref="Forward(Pass)"/>; [batch, its output length].</summary>
    internal ReadOnlySpan<float> Output(int node, int batch) =>
        _values[node].AsSpan(0, batch * _nodes[node].Layer.OutputLength);

    /// <summary>The buffer for d loss / d output [batch, OutputLength], filled before <see cref="Backward"/>.</summary>
    public Span<float> OutputGradient(int batch) => _gradients[^1].AsSpan(0, batch * OutputLength);

    /// <summary>Runs all layers on <see cref="Input"/>; [batch, OutputLength].</summary>
    public ReadOnlySpan<float> Forward(Pass pass)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pass.Batch, MaxBatch);
        _pass = pass;
        for (int i = 0; i < _nodes.Length; i++)
        {
            _nodes[i].Layer.Forward(pass, _inputs[i], _values[i]);
        }

        return _values[^1].AsSpan(0, pass.Batch * OutputLength);
    }

    /// <summary>
    /// Sets all gradients, from <see cref="OutputGradient"/> and the last <see cref="Forward(Pass)"/>.
    /// </summary>
    public void Backward()
    {
        for (int i = _nodes.Length - 1; i >= 0; i--)
        {
            Span<float> gradient = _gradients[i].AsSpan(0, _pass.Batch * _nodes[i].Layer.OutputLength);
            foreach (float[] further in _further[i])
            {
                TensorPrimitives.Add(gradient, further.AsSpan(0, gradient.Length), gradient);
            }

            _nodes[i].Layer.Backward(_pass, _inputs[i], _values[i], _gradients[i], _inputGradients[i]);
        }
    }

    /// <summary>Where a node has several readers, each but the first writes to a buffer of its own.</summary>
    private void ConnectGradients()
    {
        var read = new bool[_nodes.Length];
        for (int n = 0; n < _nodes.Length; n++)
        {
            for (int i = 0; i < _nodes[n].Inputs.Length; i++)
            {
                int source = _nodes[n].Inputs[i];
                if (source < 0)
                {
                    continue; // nobody asks for the gradient of the network's input
                }

                if (!read[source])
                {
                    (read[source], _inputGradients[n][i]) = (true, _gradients[source]);
                }
                else
                {
                    _further[source].Add(new float[_gradients[source].Length]);
                    _inputGradients[n][i] = _further[source][^1];
                }
            }
        }
    }

    private void Check()
    {
        for (int n = 0; n < _nodes.Length; n++)
        {
            Layer layer = _nodes[n].Layer;
            for (int i = 0; i < _nodes[n].Inputs.Length; i++)
            {
                int source = _nodes[n].Inputs[i];
                if (source >= n || source < NetworkNode.NetworkInput)
                {
                    throw new ArgumentException(Invariant($"Layer {n} reads node {source}; expected one before it."));
                }

                int given = source < 0 ? InputLength : _nodes[source].Layer.OutputLength;
                if (layer.InputShapes[i].Length != given)
                {
                    throw new ArgumentException(
                        Invariant($"Layer {n} takes {layer.InputShapes[i].Length} elements; ")
                        + Invariant($"{(source < 0 ? "the network" : Invariant($"layer {source}"))} gives {given}."));
                }
            }
        }

        for (int n = 0; n < _nodes.Length - 1; n++)
        {
            if (!_nodes.Any(other => other.Inputs.Contains(n)))
            {
                throw new ArgumentException(Invariant($"Nothing reads layer {n}, '{_nodes[n].Layer.Name}'."));
            }
        }
    }
}
