using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>
/// y = x Wᵀ + b, with W [outputs, inputs] and b [outputs]; a <see cref="FullyConnected"/> in the model.
/// </summary>
public sealed class DenseLayer : LinearLayer
{
    private float[] _packed = [];
    private float[] _columns = [];

    /// <summary>Creates a layer of zeros, which is where softmax regression, being convex, may start.</summary>
    /// <param name="name">The prefix of its parameters' names.</param>
    /// <param name="inputs">Elements of one input.</param>
    /// <param name="outputs">Elements of one output.</param>
    public DenseLayer(string name, int inputs, int outputs)
        : this(name, FeatureShape.Vector(inputs), outputs)
    {
    }

    /// <summary>Creates a layer of zeros.</summary>
    /// <param name="name">The prefix of its parameters' names.</param>
    /// <param name="input">The shape of one input; an image is read row by row, pixel by pixel.</param>
    /// <param name="outputs">Elements of one output.</param>
    public DenseLayer(string name, FeatureShape input, int outputs)
        : base(name, input, FeatureShape.Vector(outputs),
            new Parameter($"{name}.weights", [outputs, input.Length], decays: true), 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
    }

    /// <inheritdoc/>
    public override int FanIn => InputLength;

    // W · Xᵀ and not X · Wᵀ: a batch is smaller than the weights, so it is what is packed.
    private protected override void Forward(Pass pass, float[] input, float[] output)
    {
        PrepareWeights();
        int batch = pass.Batch;
        RightMatrix.PackTransposed(input, InputLength, batch, ref _packed);
        Buffers.Ensure(ref _columns, OutputLength * batch);
        BatchShards.Run(OutputLength, (_, first, count) =>
        {
            Span<float> rows = _columns.AsSpan(first * batch, count * batch);
            for (int o = 0; o < count; o++)
            {
                rows.Slice(o * batch, batch).Fill(Bias.Values[first + o]);
            }

            LeftMatrix weights = LeftMatrix.RowMajor(EffectiveWeights, InputLength).From(first);
            Gemm.AddProduct(weights, Packed(InputLength), rows, count, batch, InputLength);
            for (int o = 0; o < count; o++)
            {
                for (int i = 0; i < batch; i++)
                {
                    output[(i * OutputLength) + first + o] = rows[(o * batch) + i];
                }
            }
        });
    }

    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        int batch = pass.Batch;
        RightMatrix.Pack(input, batch, InputLength, ref _packed);
        BatchShards.Run(OutputLength, (_, first, count) =>
        {
            Span<float> rows = Weights.Gradients.AsSpan(first * InputLength, count * InputLength);
            rows.Clear();
            Gemm.AddProduct(LeftMatrix.Transposed(outputGradient, OutputLength).From(first), Packed(batch), rows, count,
                InputLength, batch);
        });
        SumRows.Into(outputGradient.AsSpan(0, batch * OutputLength), Bias.Gradients);
        if (inputGradient is not null)
        {
            RightMatrix.Pack(EffectiveWeights, OutputLength, InputLength, ref _packed);
            BatchShards.Run(batch, (_, first, count) =>
            {
                Span<float> rows = inputGradient.AsSpan(first * InputLength, count * InputLength);
                rows.Clear();
                LeftMatrix gradient = LeftMatrix.RowMajor(outputGradient, OutputLength).From(first);
                Gemm.AddProduct(gradient, Packed(OutputLength), rows, count, InputLength, OutputLength);
            });
        }
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        (Tensor weights, Tensor bias) = fusion.Constants(graph, this);
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new FullyConnected([inputs[0], weights, bias], output, fusion.Activation));
        return output;
    }

    private RightMatrix Packed(int depth) => new(_packed, Gemm.PanelWidth, depth * Gemm.PanelWidth);
}
