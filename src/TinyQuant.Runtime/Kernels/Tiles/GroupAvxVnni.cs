using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels.Tiles;

/// <summary>
/// vpdpbusd of weights plus 128 and codes, as <see cref="VnniCodes{TInstruction}"/>: sums are too large by 128 · Σx. Weights
/// are flipped and not inputs, since a tile has fewer of them.
/// </summary>
internal readonly unsafe struct GroupAvxVnni<TInstruction> : IGroupUnit<Vector256<int>, Vector256<sbyte>, Vector256<byte>>
    where TInstruction : struct, IVnniInstruction
{
    /// <remarks>Twelve sums hide the five cycles that one product takes: two begin in each cycle.</remarks>
    public static int Rows => 6;

    public static bool HasExcess => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Start(int* bias) => Vector256.Load(bias);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Vector256<int> sum, int* bias, int excess, int* target) => (sum - Vector256.Create(excess)).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Weights(sbyte* weights) => Vector256.Load((byte*)weights) ^ Vector256.Create((byte)0x80);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Broadcast(byte* input) => Vector256.Create(*(int*)input).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<sbyte> input, Vector256<byte> weights) =>
        TInstruction.MultiplyWideningAndAdd(sum, weights, input);

    public static int Excess(TileArgs* args, nint offset)
    {
        Vector256<int> sum = default;
        int rest = 0;
        for (nint segment = 0; segment < args->SegmentCount; segment++)
        {
            sbyte* x = (sbyte*)args->Segments[segment] + offset;
            nint i = 0;
            for (; i <= args->SegmentLength - 32; i += 32)
            {
                sum = TInstruction.MultiplyWideningAndAdd(sum, Vector256<byte>.One, Vector256.Load(x + i));
            }

            if (i <= args->SegmentLength - 16)
            {
                sum = TInstruction.MultiplyWideningAndAdd(
                    sum, Vector256<byte>.One, Vector128.Load(x + i).ToVector256());
                i += 16;
            }

            for (; i < args->SegmentLength; i++)
            {
                rest += x[i];
            }
        }

        return (Vector256.Sum(sum) + rest) * 128;
    }
}
