using System.Collections.Immutable;
using TinyQuant.Data;

namespace TinyQuant.Training.Layers;

/// <summary>
/// Builds a network layer by layer, each behind <see cref="Current"/>, with random weights (He et al., "Delving Deep
/// into Rectifiers", 2015: normal, of variance 2 / inputs) that the seed decides.
/// </summary>
/// <param name="input">The shape of one input.</param>
/// <param name="seed">Decides the weights to start from.</param>
public sealed class NetworkBuilder(FeatureShape input, ulong seed = 1)
{
    private readonly List<NetworkNode> _nodes = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    /// <summary>The node that the next layer reads.</summary>
    public int Current => _nodes.Count - 1;

    /// <summary>The shape of what it gives.</summary>
    public FeatureShape Shape => ShapeOf(Current);

    /// <summary>y = x Wᵀ + b.</summary>
    public NetworkBuilder Dense(int outputs) => Append(Initialize(new DenseLayer(Name("dense"), Shape, outputs)));

    /// <summary>Convolution.</summary>
    public NetworkBuilder Conv2D(int outputs, Window window) =>
        Append(Initialize(new Conv2DLayer(Name("conv"), Image("conv"), outputs, Checked(window))));

    /// <summary>Convolution of each channel by itself.</summary>
    public NetworkBuilder DepthwiseConv2D(Window window) =>
        Append(Initialize(new DepthwiseConv2DLayer(Name("depthwise"), Image("dwconv"), Checked(window))));

    /// <summary>Normalization over the batch; it must follow a layer of weights, of which it becomes part.</summary>
    public NetworkBuilder BatchNorm()
    {
        if (Current < 0 || _nodes[Current].Layer is not LinearLayer)
        {
            throw new ArgumentException(
                "Batch normalization must follow Dense, Conv2D or DepthwiseConv2D: in the model it is part of their "
                    + "weights.");
        }

        return Append(new BatchNormLayer(Name("norm"), Shape));
    }

    /// <summary>max(x, 0), or the same cut at 6.</summary>
    public NetworkBuilder Relu(bool isRelu6 = false) => Append(new ReluLayer(Name("relu"), Shape, isRelu6));

    /// <summary>The largest value under each window.</summary>
    public NetworkBuilder MaxPool2D(Window window) =>
        Append(new MaxPool2DLayer(Name("pool"), Image("maxpool"), Checked(window)));

    /// <summary>The mean under each window.</summary>
    public NetworkBuilder AveragePool2D(Window window) =>
        Append(new AveragePool2DLayer(Name("pool"), Image("avgpool"), Checked(window)));

    /// <summary>The mean of each channel, as a vector.</summary>
    public NetworkBuilder GlobalAveragePool() => Append(new GlobalAveragePoolLayer(Name("pool"), Image("globalpool")));

    /// <summary>Drops values in training.</summary>
    public NetworkBuilder Dropout(double probability) => Append(new DropoutLayer(Name("dropout"), Shape, probability));

    /// <summary>An image as a vector.</summary>
    public NetworkBuilder Flatten() => Append(new FlattenLayer(Name("flatten"), Shape));

    /// <summary>
    /// Adds the output of an earlier node, which <see cref="Current"/> named, to that of the current one.
    /// </summary>
    public NetworkBuilder Add(int node)
    {
        if (node < NetworkNode.NetworkInput || node >= Current || ShapeOf(node) != Shape)
        {
            throw new ArgumentException(
                $"What is added must be an earlier node of shape {Shape}"
                    + (node >= -1 && node < Current ? $", and it has {ShapeOf(node)}." : "."), nameof(node));
        }

        return Append(new AddLayer(Name("add"), Shape), node, Current);
    }

    /// <summary>The network.</summary>
    /// <param name="maxBatch">The most examples that go through at once.</param>
    public Network Build(int maxBatch) => new(maxBatch, _nodes);

    private NetworkBuilder Append(Layer layer, params ImmutableArray<int> inputs)
    {
        _nodes.Add(new NetworkNode(layer, inputs.IsEmpty ? [Current] : inputs));
        return this;
    }

    private FeatureShape ShapeOf(int node) => node < 0 ? input : _nodes[node].Layer.OutputShape;

    private FeatureShape Image(string layer) => Shape.IsVector
        ? throw new ArgumentException($"{layer} takes an image; what it would read is a vector of {Shape}.")
        : Shape;

    private static Window Checked(Window window)
    {
        window.Check();
        return window;
    }

    /// <summary><c>conv1</c>, <c>conv2</c> and so on.</summary>
    private string Name(string stem)
    {
        _names[stem] = _names.GetValueOrDefault(stem) + 1;
        return Invariant($"{stem}{_names[stem]}");
    }

    private LinearLayer Initialize(LinearLayer layer)
    {
        var random = Pcg32.At(seed, layer.Name, 0, 0);
        float deviation = MathF.Sqrt(2f / layer.FanIn);
        foreach (ref float weight in layer.Weights.Values.AsSpan())
        {
            weight = random.NextNormal() * deviation;
        }

        return layer;
    }
}
