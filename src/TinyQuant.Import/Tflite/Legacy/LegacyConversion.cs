using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Detections;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Legacy;

/// <summary>Makes codes of uint8 to codes of int8, tensor by tensor, with operators that convert at the ends.</summary>
internal sealed class LegacyConversion(SourceModel model, Budget budget)
{
    private const int Offset = 128;
    private const string Suffix = "_int8";

    private readonly ImmutableArray<SourceTensor>.Builder _tensors = model.Tensors.ToBuilder();
    private readonly ImmutableHashSet<int> _weights = LegacyModels.Weights(model);

    /// <summary>The int8 tensors that operators have in the place of inputs and outputs of the model.</summary>
    private readonly Dictionary<int, int> _twins = [];

    public SourceModel Convert()
    {
        foreach (SourceTensor tensor in model.Tensors.Where(LegacyModels.HasCodes))
        {
            if (model.Inputs.Contains(tensor.Index) || model.Outputs.Contains(tensor.Index))
            {
                _twins.Add(tensor.Index, Add(ToInt8(tensor) with { Name = Shortened(tensor.Name, Suffix) }));
            }
            else
            {
                _tensors[tensor.Index] = ToInt8(tensor);
            }
        }

        ImmutableArray<SourceOperator> operators =
        [
            .. _twins.Where(t => model.Inputs.Contains(t.Key)).Select(t => Operator(
                BuiltinOperator.QUANTIZE, 0, t.Key, t.Value)),
            .. model.Operators.SelectMany(op => Convert((TfliteOperator)op)),
            .. _twins.Where(t => !model.Inputs.Contains(t.Key) && !model.Tensors[t.Key].IsConstant).Select(
                t => Operator(BuiltinOperator.QUANTIZE, model.Operators.Length - 1, t.Value, t.Key)),
        ];
        return model with { Tensors = _tensors.ToImmutable(), Operators = operators };
    }

    private IEnumerable<SourceOperator> Convert(TfliteOperator op)
    {
        TfliteOperator converted = op with
        {
            Inputs = [.. op.Inputs.Select(Twin)],
            Outputs = [.. op.Outputs.Select(Twin)],
        };
        return op switch
        {
            { Code: BuiltinOperator.CUSTOM, Name: DetectionShapes.Name } => OfReals(converted),
            { Code: BuiltinOperator.CONCATENATION, Outputs: [_] } => OfOneScale(converted),
            _ => [converted],
        };
    }

    /// <summary>The operator behind those that bring inputs of other scales to the output's.</summary>
    private List<SourceOperator> OfOneScale(TfliteOperator op)
    {
        SourceTensor output = _tensors[op.Outputs[0]];
        List<SourceOperator> operators = [];
        int[] inputs = [.. op.Inputs];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (output.IsLegacy && inputs[i] != SourceOperator.Missing
                && _tensors[inputs[i]] is { IsLegacy: true } codes && !IsOfOneScale(codes, output))
            {
                inputs[i] = Add(codes with
                {
                    Name = Shortened(codes.Name, "_rescaled"),
                    Buffer = default,
                    Quantization = output.Quantization,
                });
                operators.Add(
                    Operator(BuiltinOperator.QUANTIZE, op.Index, codes.Index, inputs[i]) with { IsRescaling = true });
            }
        }

        operators.Add(op with { Inputs = [.. inputs] });
        return operators;
    }

    private static bool IsOfOneScale(SourceTensor a, SourceTensor b) =>
        a.Quantization.Scales.SequenceEqual(b.Quantization.Scales)
        && a.Quantization.ZeroPoints.SequenceEqual(b.Quantization.ZeroPoints);

    /// <summary>
    /// The operator behind those that dequantize what it reads: its old form did so code by code, as they do.
    /// </summary>
    private List<SourceOperator> OfReals(TfliteOperator op)
    {
        List<SourceOperator> operators = [];
        int[] inputs = [.. op.Inputs];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] != SourceOperator.Missing && _tensors[inputs[i]] is { IsLegacy: true } codes)
            {
                inputs[i] = Add(codes with
                {
                    Name = Shortened(codes.Name, "_real"),
                    Type = SourceType.Float32,
                    TypeName = "float32",
                    IsLegacy = false,
                    Buffer = default,
                    Quantization = SourceQuantization.None,
                });
                operators.Add(Operator(BuiltinOperator.DEQUANTIZE, op.Index, codes.Index, inputs[i]));
            }
        }

        operators.Add(op with { Inputs = [.. inputs] });
        return operators;
    }

    private int Twin(int tensor) => _twins.GetValueOrDefault(tensor, tensor);

    private int Add(SourceTensor tensor)
    {
        _tensors.Add(tensor with { Index = _tensors.Count });
        return _tensors.Count - 1;
    }

    private SourceTensor ToInt8(SourceTensor tensor)
    {
        long zeroPoint = tensor.Quantization.ZeroPoints is [var first, ..] ? first : 0;
        (byte[] data, bool isPlain) = Codes(tensor, zeroPoint);
        ImmutableArray<long> zeroPoints = isPlain ? [0] : [.. tensor.Quantization.ZeroPoints.Select(z => z - Offset)];
        return tensor with
        {
            Type = SourceType.Int8,
            IsLegacy = true,
            Buffer = tensor.Buffer with { Data = data },
            Quantization = tensor.Quantization with { ZeroPoints = zeroPoints.IsEmpty ? [-Offset] : zeroPoints },
        };
    }

    /// <summary>
    /// The elements of a constant less 128; weights of one scale less their zero point, where that fits, so that they
    /// have none.
    /// </summary>
    private (byte[] Data, bool IsPlain) Codes(SourceTensor tensor, long zeroPoint)
    {
        ReadOnlySpan<byte> data = tensor.Buffer.Data.Span;
        budget.Charge(data.Length);
        bool isPlain = !data.IsEmpty && _weights.Contains(tensor.Index)
            && tensor.Quantization is { Scales.Length: 1, ZeroPoints.Length: <= 1 };
        foreach (byte code in data)
        {
            isPlain &= code - zeroPoint is >= sbyte.MinValue and <= sbyte.MaxValue;
        }

        long offset = isPlain ? zeroPoint : Offset;
        byte[] codes = new byte[data.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = unchecked((byte)(data[i] - offset));
        }

        return (codes, isPlain);
    }

    private static TfliteOperator Operator(BuiltinOperator code, int index, int input, int output) => new()
    {
        Index = index,
        Code = code,
        Name = code.ToString(),
        Inputs = [input],
        Outputs = [output],
        OptionsType = 0,
        Options = default,
        CustomOptions = default,
    };

    private static string Shortened(string name, string suffix) =>
        name[..Math.Min(name.Length, ModelLimits.NameLength - suffix.Length)] + suffix;
}
