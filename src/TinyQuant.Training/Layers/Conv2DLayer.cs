using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>
/// Convolution of images [height, width, channels] with weights [outputs, height, width, channels]; a
/// <see cref="Conv2D"/> in the model. Bands of patches become the rows of matrix products.
/// </summary>
public sealed class Conv2DLayer : LinearLayer
{
    private const int BandPositions = 96;

    private readonly PatchGeometry _geometry;
    private readonly Scratch[] _scratch = [.. Enumerable.Range(0, BatchShards.Count).Select(_ => new Scratch())];
    private float[] _packed = [];

    /// <summary>Creates a layer of zeros.</summary>
    /// <param name="name">The prefix of its parameters' names.</param>
    /// <param name="input">The shape of one image.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="window">Size, stride and padding.</param>
    public Conv2DLayer(string name, FeatureShape input, int outputs, Window window)
        : this(name, new PatchGeometry(input, window), outputs)
    {
    }

    private Conv2DLayer(string name, PatchGeometry geometry, int outputs)
        : base(name, geometry.Input, new FeatureShape(geometry.Rows, geometry.Columns, outputs), new Parameter(
            $"{name}.weights", [outputs, geometry.Window.Height, geometry.Window.Width, geometry.Input.Channels],
            decays: true), 0) =>
        _geometry = geometry;

    /// <inheritdoc/>
    public override int FanIn => _geometry.PatchLength;

    private int Outputs => OutputShape.Channels;

    private protected override void Forward(Pass pass, float[] input, float[] output)
    {
        PrepareWeights();
        RightMatrix.PackTransposed(EffectiveWeights, FanIn, Outputs, ref _packed);
        BatchShards.Run(pass.Batch, (shard, first, count) =>
        {
            RightMatrix weights = new(_packed, Gemm.PanelWidth, FanIn * Gemm.PanelWidth);
            Scratch scratch = _scratch[shard];
            for (int i = first; i < first + count; i++)
            {
                ReadOnlySpan<float> image = input.AsSpan(i * InputLength, InputLength);
                for (int p = 0; p < _geometry.Positions; p += BandPositions)
                {
                    int positions = Math.Min(BandPositions, _geometry.Positions - p);
                    LeftMatrix patches = new(Patches(scratch, image, p, positions), _geometry.PatchStride, 1);
                    Span<float> rows = output.AsSpan((i * OutputLength) + (p * Outputs), positions * Outputs);
                    for (int at = 0; at < rows.Length; at += Outputs)
                    {
                        Bias.Values.CopyTo(rows[at..]);
                    }

                    Gemm.AddProduct(patches, weights, rows, positions, Outputs, FanIn);
                }
            }
        });
    }

    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        RightMatrix.Pack(EffectiveWeights, Outputs, FanIn, ref _packed);
        int used = Math.Min(BatchShards.Count, pass.Batch);
        BatchShards.Run(pass.Batch, (shard, first, count) =>
        {
            Scratch scratch = _scratch[shard];
            scratch.Gradients.Clear(Weights.Values.Length, Outputs);
            for (int i = first; i < first + count; i++)
            {
                Backward(scratch, input.AsSpan(i * InputLength, InputLength),
                    outputGradient.AsSpan(i * OutputLength, OutputLength),
                    inputGradient is null ? [] : inputGradient.AsSpan(i * InputLength, InputLength));
            }
        });
        PartialGradients.Join([.. _scratch.Take(used).Select(s => s.Gradients)], Weights.Gradients, Bias.Gradients);
    }

    /// <summary>One image.</summary>
    private void Backward(
        Scratch scratch, ReadOnlySpan<float> image, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        inputGradient.Clear();
        scratch.Gradients.AddBias(outputGradient);
        RightMatrix weights = new(_packed, Gemm.PanelWidth, Outputs * Gemm.PanelWidth);
        for (int p = 0; p < _geometry.Positions; p += BandPositions)
        {
            int positions = Math.Min(BandPositions, _geometry.Positions - p);
            ReadOnlySpan<float> gradient = outputGradient.Slice(p * Outputs, positions * Outputs);
            RightMatrix patches = RightMatrix.Padded(Patches(scratch, image, p, positions), _geometry.PatchStride);
            Gemm.AddProduct(LeftMatrix.Transposed(gradient, Outputs), patches, scratch.Gradients.Weights, Outputs,
                FanIn,
                positions);
            if (!inputGradient.IsEmpty)
            {
                Buffers.Ensure(ref scratch.PatchGradients, BandPositions * FanIn);
                Span<float> patchGradients = scratch.PatchGradients.AsSpan(0, positions * FanIn);
                patchGradients.Clear();
                Gemm.AddProduct(
                    LeftMatrix.RowMajor(gradient, Outputs), weights, patchGradients, positions, FanIn, Outputs);
                _geometry.Scatter(patchGradients, p, positions, inputGradient);
            }
        }
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        (Tensor weights, Tensor bias) = fusion.Constants(graph, this);
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new Conv2D([inputs[0], weights, bias], output, _geometry.Window.ToOptions(fusion.Activation)));
        return output;
    }

    private ReadOnlySpan<float> Patches(Scratch scratch, ReadOnlySpan<float> image, int first, int count)
    {
        Buffers.Ensure(ref scratch.Patches, BandPositions * _geometry.PatchStride);
        Span<float> patches = scratch.Patches.AsSpan(0, count * _geometry.PatchStride);
        _geometry.Gather(image, first, count, patches);
        return patches;
    }

    private sealed class Scratch
    {
        public float[] Patches = [];
        public float[] PatchGradients = [];

        public PartialGradients Gradients { get; } = new();
    }
}
