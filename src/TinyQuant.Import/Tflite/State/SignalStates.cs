using System.Buffers.Binary;
using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.State;

/// <summary>
/// Signal operators that remember, which do so out of sight. Behind this they have variable tensors to read, as those
/// of a model file do.
/// </summary>
internal static class SignalStates
{
    private const string Delay = "SignalDelay";
    private const string Framer = "SignalFramer";
    private const string OverlapAdd = "SignalOverlapAdd";
    private const string SpectralSubtraction = "SignalFilterBankSpectralSubtraction";
    private const string Stacker = "SignalStacker";

    /// <summary>The model with those variable tensors behind its own.</summary>
    public static SourceModel Resolve(SourceModel model)
    {
        ImmutableArray<SourceTensor>.Builder tensors = model.Tensors.ToBuilder();
        ImmutableArray<SourceOperator> operators = [.. model.Operators.Select(op => Resolve(op, tensors))];
        return tensors.Count == model.Tensors.Length
            ? model
            : model with { Operators = operators, Tensors = tensors.ToImmutable() };
    }

    /// <summary>What has no state, or too many tensors or options for one, stays as it is.</summary>
    private static SourceOperator Resolve(SourceOperator op, ImmutableArray<SourceTensor>.Builder tensors)
    {
        if (op is not TfliteOperator { Code: BuiltinOperator.CUSTOM, Inputs: [>= 0], Outputs: [var output, ..] } custom)
        {
            return op;
        }

        ImmutableArray<int> input = tensors[op.Inputs[0]].Shape, shape = tensors[output].Shape;
        return op.Name switch
        {
            Delay when Option(custom, "delay_length") is > 0 and var delay && input is [.. var rows, _] =>
                With(op, tensors, [.. rows, delay]),
            Framer when shape is [.. var rows, _, var size] && input.Length > 0 =>
                With(op, tensors, [.. rows, size], First(custom, input, shape)),
            OverlapAdd when input is [.. var rows, _, var size] => With(op, tensors, [.. rows, size]),
            SpectralSubtraction => With(op, tensors, shape),
            Stacker => With(op, tensors, shape, -1),
            _ => op,
        };
    }

    /// <summary>The samples that a framer begins with: none, or zeros up to the first frame.</summary>
    private static int First(TfliteOperator framer, ImmutableArray<int> input, ImmutableArray<int> shape) =>
        Option(framer, "prefill") is not 0 and not null && shape[^2] > 0
            ? Math.Max(shape[^1] - (input[^1] / shape[^2]), 0)
            : 0;

    /// <summary>An option; null where it, or all of them, cannot be read, which the operator's mapping says.</summary>
    private static int? Option(TfliteOperator op, string key)
    {
        try
        {
            return FlexMap.Of(op.CustomOptions.Span).Int32(key);
        }
        catch (UnsupportedException)
        {
            return null;
        }
    }

    /// <summary>The operator with a state of its first output's type, and a count where it has one.</summary>
    private static SourceOperator With(
        SourceOperator op, ImmutableArray<SourceTensor>.Builder tensors, ImmutableArray<int> shape, int? count = null)
    {
        SourceTensor output = tensors[op.Outputs[0]];
        int state = tensors.Count;
        tensors.Add(output with
        {
            Index = state,
            Name = output.Name + "_state",
            IsVariable = true,
            Shape = shape,
            Signature = [],
            Quantization = SourceQuantization.None,
        });
        if (count is not { } first)
        {
            return op with { Inputs = [op.Inputs[0], state] };
        }

        byte[] initial = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(initial, first);
        tensors.Add(output with
        {
            Index = state + 1,
            Name = output.Name + "_count",
            IsVariable = true,
            Type = SourceType.Int32,
            TypeName = "int32",
            Shape = [1],
            Signature = [],
            Quantization = SourceQuantization.None,
            Initial = initial,
        });
        return op with { Inputs = [op.Inputs[0], state, state + 1] };
    }
}
