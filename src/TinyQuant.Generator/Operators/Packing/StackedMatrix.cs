using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// Constant matrices of one width, one above the other: the weights of a kernel that multiplies them as one.
/// </summary>
internal sealed class StackedMatrix
{
    private readonly IReadOnlyList<Tensor> _parts;
    private readonly byte[] _bytes;
    private readonly sbyte[] _codes;
    private readonly int _depth;

    /// <param name="parts">Constants of shape [rows, depth] and one type.</param>
    public StackedMatrix(params IReadOnlyList<Tensor> parts)
    {
        _parts = parts;
        _bytes = BytesOf(parts);
        _codes = MemoryMarshal.Cast<byte, sbyte>(_bytes).ToArray();
        _depth = parts[0].Shape[1];
    }

    /// <summary>The rows of all parts.</summary>
    public int Rows => _parts.Sum(t => t.Shape[0]);

    /// <summary>The kernels' type argument for int8 matrices.</summary>
    public static string Range(params StackedMatrix[] matrices) =>
        TypeArguments.Range([.. matrices.SelectMany(m => m._codes)]);

    /// <summary>Bakes int8 matrices as the kernels read them.</summary>
    public string BakePacked(LoweringContext context) => context.Bake(
        _parts[0].Name, TensorType.Int8, WeightPacker.Pack(_bytes, Rows, _depth),
        Comment + ", packed in blocks of 4 inputs by 8 outputs");

    /// <summary>Bakes matrices as they are.</summary>
    public string Bake(LoweringContext context) => context.Bake(_parts[0].Name, _parts[0].Type, _bytes, Comment);

    /// <summary>A bias with the zero point of what an int8 matrix multiplies folded in.</summary>
    public int[] FoldZeroPoint(int[] bias, int zeroPoint) => [.. bias.Select((b, row) => unchecked(
        b - (zeroPoint * new ArraySegment<sbyte>(_codes, row * _depth, _depth).Sum(w => (int)w))))];

    /// <summary>The same of a bias of 64 bits.</summary>
    public long[] FoldZeroPoint(long[] bias, int zeroPoint) => [.. bias.Select((b, row) => unchecked(
        b - (zeroPoint * new ArraySegment<sbyte>(_codes, row * _depth, _depth).Sum(w => (long)w))))];

    /// <summary>The bytes of constants, one after another.</summary>
    public static byte[] BytesOf(IReadOnlyList<Tensor> constants)
    {
        byte[] bytes = new byte[constants.Sum(t => t.ByteLength)];
        int at = 0;
        foreach (Tensor constant in constants)
        {
            constant.Data!.Value.AsSpan().CopyTo(bytes.AsSpan(at));
            at += constant.ByteLength;
        }

        return bytes;
    }

    /// <summary>The elements of int32 constants, one after another.</summary>
    public static int[] IntegersOf(IReadOnlyList<Tensor> constants) =>
        MemoryMarshal.Cast<byte, int>(BytesOf(constants)).ToArray();

    private string Comment => string.Join(" over ", _parts.Select(t => t.ToString()));
}
