using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Weights;

/// <summary>
/// Zero points of int8 weights that the reference does not read: those of convolutions, and of dense layers with a
/// scale for each output. Behind this, such weights have none; where another operator takes them too, that has its own.
/// </summary>
/// <remarks>
/// <c>reference/integer_ops/conv.h</c>, <c>depthwise_conv.h</c>, <c>transpose_conv.h</c> and
/// <c>FullyConnectedPerChannel</c> of <c>fully_connected.h</c>: the filter is multiplied as it is.
/// </remarks>
internal static class UnreadZeroPoints
{
    private const int Weights = 1;

    /// <summary>The model with weights of those operators that have no zero point.</summary>
    public static SourceModel Resolve(SourceModel model)
    {
        if (!model.Operators.Any(op => HasUnread(op, model)))
        {
            return model;
        }

        ImmutableArray<SourceTensor>.Builder tensors = model.Tensors.ToBuilder();
        Dictionary<int, int> replaced = [];
        ImmutableArray<SourceOperator> operators =
        [
            .. model.Operators.Select(op => HasUnread(op, model)
                ? op with { Inputs = op.Inputs.SetItem(Weights, Replace(op.Inputs[Weights], tensors, replaced)) }
                : op),
        ];
        return model with { Operators = operators, Tensors = tensors.ToImmutable() };
    }

    private static int Replace(
        int weights, ImmutableArray<SourceTensor>.Builder tensors, Dictionary<int, int> replaced)
    {
        if (!replaced.TryGetValue(weights, out int index))
        {
            SourceTensor tensor = tensors[weights];
            index = tensors.Count;
            replaced.Add(weights, index);
            tensors.Add(tensor with { Index = index, Quantization = tensor.Quantization with { ZeroPoints = [] } });
        }

        return index;
    }

    private static bool HasUnread(SourceOperator op, SourceModel model)
    {
        if (op is not TfliteOperator { Inputs: [_, >= 0, ..] } known || known.Code is not (BuiltinOperator.CONV_2D
            or BuiltinOperator.DEPTHWISE_CONV_2D or BuiltinOperator.TRANSPOSE_CONV or BuiltinOperator.FULLY_CONNECTED))
        {
            return false;
        }

        SourceTensor weights = model.Tensors[op.Inputs[Weights]];
        int image = known.Code == BuiltinOperator.TRANSPOSE_CONV ? 2 : 0;
        return weights is { Type: SourceType.Int8, IsConstant: true, Quantization: var quantization }
            && quantization.ZeroPoints.Any(z => z != 0)
            && (quantization.ZeroPoints.Length == 1 || quantization.ZeroPoints.Length == quantization.Scales.Length)
            && (known.Code != BuiltinOperator.FULLY_CONNECTED || quantization.Scales.Length > 1)
            && image < op.Inputs.Length && op.Inputs[image] != SourceOperator.Missing
            && model.Tensors[op.Inputs[image]].Type is (SourceType.Int8 or SourceType.Int16);
    }
}
