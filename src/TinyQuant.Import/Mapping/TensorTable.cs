using System.Collections.Immutable;
using TinyQuant.Import.Checks;
using TinyQuant.Import.Folding;
using TinyQuant.Import.Source;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// The tensors of the graph: made when they are first needed, so that only those in use get there, in that order. What
/// is wrong with one is reported once, at the operator that needed it first.
/// </summary>
internal sealed class TensorTable(
    SourceModel model, IntegerValues integers, DequantizedConstants reals, StateNames states, Budget budget,
    ErrorCollection errors)
{
    private readonly Dictionary<int, Tensor?> _made = [];
    private readonly ImmutableArray<Tensor>.Builder _tensors = ImmutableArray.CreateBuilder<Tensor>();
    private readonly TensorNames _names = new(states);

    public ImmutableArray<Tensor> Tensors => _tensors.ToImmutable();

    /// <summary>The tensor; null where it is wrong.</summary>
    public Tensor? Get(int index, SourceOperator? user)
    {
        if (!_made.TryGetValue(index, out Tensor? tensor))
        {
            tensor = Make(model.Tensors[index], user);
            _made.Add(index, tensor);
            if (tensor is not null)
            {
                _tensors.Add(tensor);
            }
        }

        budget.Charge(tensor is null ? 0 : TensorNames.WrittenLength(tensor.Name));
        return tensor;
    }

    /// <summary>A tensor of the graph that is like another one, and holds what is computed.</summary>
    public Tensor Like(Tensor tensor)
    {
        TensorType type = tensor.Type == TensorType.Float16 ? TensorType.Float32 : tensor.Type;
        return Add(new Tensor(_names.Unique(tensor.Name), type, tensor.Shape, tensor.Quantization));
    }

    /// <summary>A constant of the same elements that says no scale.</summary>
    public Tensor Plain(Tensor tensor)
    {
        budget.Charge(tensor.Data!.Value.Length);
        return Add(new Tensor(_names.Unique(tensor.Name), tensor.Type, tensor.Shape, data: tensor.Data));
    }

    private Tensor Add(Tensor tensor)
    {
        budget.Charge(TensorNames.WrittenLength(tensor.Name));
        _tensors.Add(tensor);
        return tensor;
    }

    private Tensor? Make(SourceTensor tensor, SourceOperator? user)
    {
        string? wrong = TensorChecks.Find(tensor, integers.IsFolded(tensor.Index) || reals.IsFolded(tensor.Index));
        if (wrong is not null)
        {
            errors.Add(wrong, user, tensor, isOfTensor: true);
            return null;
        }

        TensorType type = tensor.Type.ToModel()!.Value;
        ImmutableArray<byte>? data = null;
        if (integers.IsFolded(tensor.Index))
        {
            data = integers.Bytes(tensor.Index);
        }
        else if (reals.IsFolded(tensor.Index))
        {
            (type, data) = reals.Read(tensor.Index);
        }
        else if (tensor.IsConstant || tensor.Initial is not null)
        {
            ReadOnlyMemory<byte> elements = tensor.Initial ?? tensor.Buffer.Data;
            budget.Charge(elements.Length);
            data = tensor.Type == SourceType.Int4
                ? Int4Data.WithoutRest(elements.Span, tensor.ElementCount!.Value)
                : [.. elements.Span];
        }

        return new Tensor(
            _names.Unique(tensor), type, tensor.Shape, Quantization(tensor), data, isVariable: tensor.IsVariable);
    }

    private Quantization? Quantization(SourceTensor tensor)
    {
        SourceQuantization quantization = tensor.Quantization;
        return quantization.Scales.IsEmpty || !TensorChecks.StandsForReals(tensor, integers.IsFolded(tensor.Index))
            ? null
            : new Quantization(
            quantization.Scales, quantization.ZeroPoints.IsEmpty ? 0 : (int)quantization.ZeroPoints[0],
            quantization.Scales.Length > 1 ? quantization.Axis : 0);
    }
}
