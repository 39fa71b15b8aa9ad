using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What both int8 forms of FullyConnected bake: packed weights, and their sums.</summary>
internal sealed class FullyConnectedWeights
{
    private const int MaxAccumulator = 1 << 30; // the vectorised requantization is exact below it

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

    /// <summary>The kernels' type argument: whether a weight is -128, which other tools may write and ours do not.</summary>
    public string Range => _weights.Contains(sbyte.MinValue) ? "Kernels::FullWeights" : "Kernels::NarrowWeights";

    public string Bake(LoweringContext context)
    {
        byte[] packed = WeightPacker.Pack(_op.Weights.Data!.Value.AsSpan(), Outputs, _op.Depth);
        return context.Bake(_op.Weights.Name, TensorType.Int8, packed,
            $"{_op.Weights}, packed in blocks of 4 inputs by 8 outputs");
    }

    /// <summary>Proves from the weights that no input can bring an accumulator to 2^30.</summary>
    public void CheckAccumulators(int[] foldedBias)
    {
        long[] bounds = [.. PerOutput(row => row.Sum(w => Math.Abs((int)w))).Select(
            (sum, output) => (128L * sum) + Math.Abs((long)foldedBias[output]))];
        for (int output = 0; output < bounds.Length; output++)
        {
            if (bounds[output] >= MaxAccumulator)
            {
                throw new UnsupportedModelException(_op.Line, $"FullyConnected: the accumulator of output {output} of "
                    + $"'{_op.Output.Name}' can reach {bounds[output]}; expected less than 2^30 = {MaxAccumulator}");
            }
        }
    }

    private int[] PerOutput(Func<IEnumerable<sbyte>, int> reduce) =>
        [.. Enumerable.Range(0, Outputs).Select(o => reduce(new ArraySegment<sbyte>(_weights, o * _op.Depth, _op.Depth)))];
}
