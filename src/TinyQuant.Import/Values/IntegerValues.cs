using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Source;

namespace TinyQuant.Import.Values;

/// <summary>The integer tensors of a file whose values are known: constants, and what was folded of them.</summary>
internal sealed class IntegerValues(SourceModel model, Budget budget)
{
    /// <summary>More than shapes and their like ever have.</summary>
    public const int MostElements = 4_096;

    private readonly Dictionary<int, IntegerTensor?> _known = [];
    private readonly HashSet<int> _folded = [];

    /// <summary>The values of a tensor; null where they are not known.</summary>
    public IntegerTensor? Find(int tensor)
    {
        if (!_known.TryGetValue(tensor, out IntegerTensor? values))
        {
            values = Read(model.Tensors[tensor]);
            _known.Add(tensor, values);
        }

        return values;
    }

    /// <summary>Whether an operator of the file would have computed the tensor.</summary>
    public bool IsFolded(int tensor) => _folded.Contains(tensor);

    /// <summary>Counts what is about to be computed, whether it then folds or not.</summary>
    public void ChargeWork(int elements) => budget.Charge(elements * sizeof(long));

    public void SetFolded(int tensor, IntegerTensor values)
    {
        _known[tensor] = values;
        _folded.Add(tensor);
    }

    /// <summary>The values of a folded tensor as a constant of its type, int32 or int64, holds them.</summary>
    public ImmutableArray<byte> Bytes(int tensor)
    {
        ImmutableArray<long> values = _known[tensor]!.Values;
        int size = model.Tensors[tensor].Type == SourceType.Int64 ? sizeof(long) : sizeof(int);
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> element = bytes.AsSpan(i * size, size);
            if (size == sizeof(long))
            {
                BinaryPrimitives.WriteInt64LittleEndian(element, values[i]);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(element, (int)values[i]);
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }

    private IntegerTensor? Read(SourceTensor tensor)
    {
        int bytes = tensor.Type switch { SourceType.Int32 => sizeof(int), SourceType.Int64 => sizeof(long), _ => 0 };
        ReadOnlyMemory<byte> data = tensor.Buffer.Data;
        // A constant without elements, the shape of a scalar, has no bytes to tell it from an activation.
        if (bytes == 0 || tensor.IsVariable || tensor.IsSparse || tensor.Buffer.IsOutside
            || tensor.ElementCount is not (>= 0 and <= MostElements) || data.Length != tensor.ElementCount * bytes)
        {
            return null;
        }

        budget.Charge(data.Length);
        var values = ImmutableArray.CreateBuilder<long>(data.Length / bytes);
        for (int at = 0; at < data.Length; at += bytes)
        {
            ReadOnlySpan<byte> element = data.Span[at..];
            values.Add(
                bytes == sizeof(int)
                    ? BinaryPrimitives.ReadInt32LittleEndian(element)
                    : BinaryPrimitives.ReadInt64LittleEndian(element));
        }

        return new IntegerTensor(tensor.Shape, values.MoveToImmutable());
    }
}
