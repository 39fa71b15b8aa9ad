using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>A layer of int8 codes, called as generated code calls it.</summary>
/// <remarks>Weights in any order do for a time; what comes out need not match any model.</remarks>
internal sealed class Int8Layer<TRequantizer>
    where TRequantizer : struct, IRequantizer
{
    private const int InputZeroPoint = -128;

    private readonly LayerShape _shape;
    private readonly Arithmetic _arithmetic;
    private readonly RequantizationConstants _constants;
    private readonly PinnedBuffer<sbyte> _input;
    private readonly PinnedBuffer<sbyte> _weights;
    private readonly PinnedBuffer<sbyte> _scratch;
    private readonly PinnedBuffer<sbyte> _output;
    private readonly int[] _bias;

    public Int8Layer(LayerShape shape, Arithmetic arithmetic)
    {
        (_shape, _arithmetic) = (shape, arithmetic);
        _constants = new(shape.Outputs, shape.Depth);
        _input = RandomData.Codes(shape.InputLength);
        _weights = RandomData.Codes(WeightBytes(shape), least: -127);
        _scratch = new(new sbyte[IsConv2D(shape) ? Conv2D.ScratchLength(shape.Geometry) : 0], offset: 0);
        _output = new(new sbyte[shape.OutputLength], offset: 0);
        _bias = new int[shape.Outputs];
    }

    public int Run()
    {
        Requantization r = _constants.For(_arithmetic);
        switch (_shape.Operator)
        {
            case LayerOperator.FullyConnected:
                FullyConnected.Int8<NarrowWeights, TRequantizer>(_input.Span, _weights.Span, _bias, r, _output.Span);
                break;
            case LayerOperator.Depthwise3x3:
                DepthwiseConv2D.Int8<TRequantizer>(
                    _input.Span, _shape.Geometry, _weights.Span, _bias, InputZeroPoint, r, default, _output.Span);
                break;
            default:
                Conv2D.Int8<NarrowWeights, TRequantizer>(
                    _input.Span, _shape.Geometry, _weights.Span, _bias, InputZeroPoint, r, _scratch.Span, _output.Span);
                break;
        }

        return _output.Span[0];
    }

    private static int WeightBytes(LayerShape shape) => shape.Operator switch
    {
        LayerOperator.FullyConnected => FullyConnected.PackedLength(shape.Outputs, shape.Inputs),
        LayerOperator.Depthwise3x3 => shape.Weights,
        _ => Conv2D.PackedLength(shape.Outputs, shape.Geometry.FilterHeight, shape.Geometry.FilterWidth * shape.Inputs),
    };

    private static bool IsConv2D(LayerShape shape) => shape.Operator is LayerOperator.Conv3x3 or LayerOperator.Conv1x1;
}
