using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>Plain loops: the reference every other unit equals.</summary>
internal readonly struct DotScalar : IDotUnit<DotScalar.Sums, DotScalar.Inputs>
{
    public static string Name => "scalar";

    public static bool IsUnsigned => false;

    public static bool NeedsManySums => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Inputs Flip(bool fromUnsigned)
    {
        Inputs flip = default;
        for (int i = 0; i < 32; i++)
        {
            flip[i] = fromUnsigned ? sbyte.MinValue : (sbyte)0;
        }

        return flip;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Inputs Sixteen(byte* input, Inputs flip)
    {
        Inputs sixteen = default;
        for (int i = 0; i < 32; i++)
        {
            sixteen[i] = (sbyte)((sbyte)input[i % 16] ^ flip[i]);
        }

        return sixteen;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddPair(Sums sum, Inputs sixteen, int pair, ref sbyte weights)
    {
        for (int i = pair * 64; i < (pair * 64) + 64; i++)
        {
            sum[i % 32 / 4] += sixteen[(i / 32 * 4) + (i % 4)] * Unsafe.Add(ref weights, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddGroup(Sums sum, uint input, ref sbyte weights, Inputs flip) =>
        Add(sum, Expand(ref Unsafe.As<uint, byte>(ref input), 8, flip), ref weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Inputs ExpandFor4(ref byte input, Inputs flip) => Expand(ref input, 4, flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Inputs ExpandFor2(Inputs sixteen)
    {
        Inputs expanded = default;
        for (int i = 0; i < 32; i++)
        {
            expanded[i] = sixteen[(i / 8 * 4) + (i % 4)];
        }

        return expanded;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Inputs ExpandFor1(ref byte input, Inputs flip) => Expand(ref input, 1, flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums sum, Inputs input, ref sbyte weights)
    {
        for (int i = 0; i < 32; i++)
        {
            sum[i / 4] += input[i] * Unsafe.Add(ref weights, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddPair(Sums sum, Inputs first, Inputs second, ref sbyte weights) =>
        Add(Add(sum, first, ref weights), second, ref Unsafe.Add(ref weights, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums left, Sums right)
    {
        for (int lane = 0; lane < 8; lane++)
        {
            left[lane] += right[lane];
        }

        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(Sums sum) => Vector128.Create(sum[0], sum[1], sum[2], sum[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(Sums sum) => Vector128.Create(sum[4], sum[5], sum[6], sum[7]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Inputs Expand(ref byte input, int outputs, Inputs flip)
    {
        Inputs expanded = default;
        for (int i = 0; i < 32; i++)
        {
            byte code = Unsafe.Add(ref input, (i / (4 * outputs) * 4) + (i % 4));
            expanded[i] = (sbyte)((sbyte)code ^ flip[i]);
        }

        return expanded;
    }

    [InlineArray(8)]
    internal struct Sums
    {
        private int _lane;
    }

    [InlineArray(32)]
    internal struct Inputs
    {
        private sbyte _code;
    }
}
