using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels.Lanes;

/// <summary>vpdpbusd: four columns at once, inputs plus 128 as its unsigned operand.</summary>
internal readonly unsafe struct LanesAvxVnni<TInstruction> : ILaneUnit<Vector256<int>, Vector256<sbyte>>
    where TInstruction : struct, IVnniInstruction
{
    public static int Columns => 4;

    public static int GroupBytes => 32;

    public static int Offset => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(int* sums) => Vector256.Load(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Load(byte* group) => Vector256.Load((sbyte*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, byte* inputs, Vector256<sbyte> weights) =>
        TInstruction.MultiplyWideningAndAdd(sum, Vector256.Load(inputs), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* line, nint step, byte* target) => Quads.Interleave(line, step, target);
}
