using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What both int8 forms of FullyConnected bake: packed weights, and their sums.</summary>
internal sealed class FullyConnectedWeights
{
    private readonly FullyConnected _op;
    private readonly sbyte[] _weights;

    public FullyConnectedWeights(FullyConnected op)
    {
        _op = op;
        _weights = MemoryMarshal.Cast<byte, sbyte>(op.Weights.Data!.Value.AsSpan()).ToArray();
        Outputs = op.Weights.Shape[0];
        Sums = PerOutput(row => row.Sum(w => w));
    }

    public int Outputs { get; }

    /// <summary>Σw of each output.</summary>
    public int[] Sums { get; }

    /// <summary>The kernels' type argument.</summary>
    public string Range => TypeArguments.Range(_weights);

    public string Bake(LoweringContext context)
    {
        byte[] packed = WeightPacker.Pack(_op.Weights.Data!.Value.AsSpan(), Outputs, _op.Depth);
        return context.Bake(_op.Weights.Name, TensorType.Int8, packed,
            $"{_op.Weights}, packed in blocks of 4 inputs by 8 outputs");
    }

    private int[] PerOutput(Func<IEnumerable<sbyte>, int> reduce) =>
        [.. Enumerable.Range(0, Outputs)
            .Select(o => reduce(new ArraySegment<sbyte>(_weights, o * _op.Depth, _op.Depth)))];
}
