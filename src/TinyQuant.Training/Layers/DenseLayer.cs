using System.Numerics.Tensors;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>
/// y = x Wᵀ + b, with W [outputs, inputs] and b [outputs]; a <see cref="FullyConnected"/> in the model.
/// </summary>
/// <remarks>
/// Every sum is built by element-wise multiply-add over whole rows, in a fixed order. A vectorised dot product would
/// regroup its sum with the alignment of its operands, so that two runs could differ in the last bit.
/// </remarks>
public sealed class DenseLayer : Layer
{
    private readonly string _name;
    private float[] _columns = [];
    private float[] _sums = [];

    /// <summary>Creates a layer of zeros, which is where softmax regression, being convex, may start.</summary>
    /// <param name="name">The prefix of its parameters' names.</param>
    /// <param name="inputs">Elements of one input.</param>
    /// <param name="outputs">Elements of one output.</param>
    public DenseLayer(string name, int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        _name = name;
        InputLength = inputs;
        OutputLength = outputs;
        Weights = new Parameter($"{name}.weights", [outputs, inputs]);
        Bias = new Parameter($"{name}.bias", [outputs]);
        Parameters = [Weights, Bias];
    }

    /// <summary>W, [outputs, inputs].</summary>
    public Parameter Weights { get; }

    /// <summary>b, [outputs].</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override int InputLength { get; }

    /// <inheritdoc/>
    public override int OutputLength { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> input, Span<float> output, int batch)
    {
        Span<float> columns = Scratch(ref _columns, InputLength * batch);
        Transpose(input, columns, batch, InputLength);
        Span<float> sums = Scratch(ref _sums, batch);
        for (int o = 0; o < OutputLength; o++)
        {
            sums.Fill(Bias.Values[o]);
            ReadOnlySpan<float> weights = Weights.Values.AsSpan(o * InputLength, InputLength);
            for (int d = 0; d < weights.Length; d++)
            {
                TensorPrimitives.FusedMultiplyAdd(columns.Slice(d * batch, batch), weights[d], sums, sums);
            }
            for (int i = 0; i < batch; i++)
            {
                output[(i * OutputLength) + o] = sums[i];
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int batch)
    {
        for (int o = 0; o < OutputLength; o++)
        {
            Span<float> row = Weights.Gradients.AsSpan(o * InputLength, InputLength);
            row.Clear();
            float sum = 0;
            for (int i = 0; i < batch; i++)
            {
                float gradient = outputGradient[(i * OutputLength) + o];
                sum += gradient;
                TensorPrimitives.FusedMultiplyAdd(input.Slice(i * InputLength, InputLength), gradient, row, row);
            }
            Bias.Gradients[o] = sum;
        }
        if (!inputGradient.IsEmpty)
        {
            InputGradient(outputGradient, inputGradient, batch);
        }
    }

    /// <inheritdoc/>
    public override Tensor AddTo(GraphBuilder graph, Tensor input, string outputName)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Tensor weights = graph.Constant(Weights);
        Tensor bias = graph.Constant(Bias);
        Tensor output = graph.Activation(outputName, [1, OutputLength]);
        graph.Add(new FullyConnected([input, weights, bias], output, Activation.None));
        return output;
    }

    /// <summary>The layer's name, for messages.</summary>
    public override string ToString() => $"{_name} {InputLength} -> {OutputLength}";

    private void InputGradient(ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int batch)
    {
        for (int i = 0; i < batch; i++)
        {
            Span<float> row = inputGradient.Slice(i * InputLength, InputLength);
            row.Clear();
            for (int o = 0; o < OutputLength; o++)
            {
                ReadOnlySpan<float> weights = Weights.Values.AsSpan(o * InputLength, InputLength);
                TensorPrimitives.FusedMultiplyAdd(weights, outputGradient[(i * OutputLength) + o], row, row);
            }
        }
    }

    private static void Transpose(ReadOnlySpan<float> source, Span<float> target, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = source.Slice(r * columns, columns);
            for (int c = 0; c < row.Length; c++)
            {
                target[(c * rows) + r] = row[c];
            }
        }
    }

    private static Span<float> Scratch(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[length];
        }
        return buffer.AsSpan(0, length);
    }
}
