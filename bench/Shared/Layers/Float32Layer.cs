using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>A layer of float32, with ReLU, called as generated code calls it.</summary>
internal sealed class Float32Layer
{
    private const float Min = 0;
    private const float Max = float.PositiveInfinity;

    private readonly LayerShape _shape;
    private readonly PinnedBuffer<float> _input;
    private readonly PinnedBuffer<float> _weights;
    private readonly PinnedBuffer<float> _scratch;
    private readonly PinnedBuffer<float> _output;
    private readonly float[] _bias;

    public Float32Layer(LayerShape shape)
    {
        bool isConv2D = shape.Operator is LayerOperator.Conv3x3 or LayerOperator.Conv1x1;
        _shape = shape;
        _input = RandomData.Reals(shape.InputLength);
        _weights = RandomData.Reals(shape.Weights);
        _scratch = new(new float[isConv2D ? Conv2D.FloatScratchLength(shape.Geometry) : 0], offset: 0);
        _output = new(new float[shape.OutputLength], offset: 0);
        _bias = new float[shape.Outputs];
    }

    public int Run()
    {
        switch (_shape.Operator)
        {
            case LayerOperator.FullyConnected:
                FullyConnected.Float32(_input.Span, _weights.Span, _bias, Min, Max, _output.Span);
                break;
            case LayerOperator.Depthwise3x3:
                DepthwiseConv2D.Float32(_input.Span, _shape.Geometry, _weights.Span, _bias, Min, Max, _output.Span);
                break;
            default:
                Conv2D.Float32(
                    _input.Span, _shape.Geometry, _weights.Span, _bias, Min, Max, _scratch.Span, _output.Span);
                break;
        }

        return (int)_output.Span[0];
    }
}
