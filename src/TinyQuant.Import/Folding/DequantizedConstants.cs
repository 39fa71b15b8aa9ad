using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Checks;
using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Folding;

/// <summary>
/// Constants that are dequantized: weights that are stored smaller than they compute. float16 stays as it is, since a
/// model file has it; int8 becomes the float32 that the operator would give.
/// </summary>
internal sealed class DequantizedConstants(SourceModel model, Budget budget)
{
    private readonly Dictionary<int, SourceTensor> _sources = [];

    /// <summary>Whether the tensor is such a constant.</summary>
    public bool IsFolded(int tensor) => _sources.ContainsKey(tensor);

    /// <summary>
    /// Takes the output of an operator that turns codes into reals as a constant; false where it is not one.
    /// </summary>
    public bool TryFold(SourceOperator op)
    {
        if (op is not { Inputs: [>= 0], Outputs: [var output] })
        {
            return false;
        }

        SourceTensor source = model.Tensors[op.Inputs[0]];
        SourceTensor target = model.Tensors[output];
        bool folds = HasCodes(source) && target is { Type: SourceType.Float32, IsConstant: false, IsVariable: false }
            && target.Shape.SequenceEqual(source.Shape) && TensorChecks.ShapeError(target) is null;
        return folds && _sources.TryAdd(output, source);
    }

    /// <summary>The constant that a folded tensor is.</summary>
    public (TensorType Type, ImmutableArray<byte> Data) Read(int tensor)
    {
        SourceTensor source = _sources[tensor];
        budget.Charge(source.Buffer.Data.Length);
        return source.Type == SourceType.Float16
            ? (TensorType.Float16, [.. source.Buffer.Data.Span])
            : (TensorType.Float32, ImmutableCollectionsMarshal.AsImmutableArray(Reals(source)));
    }

    private static bool HasCodes(SourceTensor source) =>
        source is { IsVariable: false, IsSparse: false, Buffer.IsOutside: false }
        && source.Type switch
        {
            SourceType.Float16 =>
                source.Buffer.Data.Length == (long)source.ElementCount.GetValueOrDefault() * sizeof(ushort),
            SourceType.Int8 =>
                TensorChecks.Find(source, isFolded: false) is null && !source.Quantization.Scales.IsEmpty,
            _ => false,
        }
        && source.Buffer.Data.Length > 0;

    /// <summary>
    /// Each product in double, rounded once, as in <c>tensorflow/lite/kernels/internal/reference/dequantize.h</c>.
    /// </summary>
    private static byte[] Reals(SourceTensor source)
    {
        SourceQuantization quantization = source.Quantization;
        ReadOnlySpan<sbyte> codes = MemoryMarshal.Cast<byte, sbyte>(source.Buffer.Data.Span);
        int zeroPoint = quantization.ZeroPoints.IsEmpty ? 0 : (int)quantization.ZeroPoints[0];
        int count = quantization.Scales.Length;
        int slice = count == 1
            ? codes.Length
            : source.Shape[(quantization.Axis + 1)..].Aggregate(1, (product, d) => product * d);
        byte[] bytes = new byte[codes.Length * sizeof(float)];
        Span<float> reals = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int i = 0; i < codes.Length; i++)
        {
            reals[i] = (float)((double)quantization.Scales[i / slice % count] * (codes[i] - zeroPoint));
        }

        return bytes;
    }
}
