using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>The number of outputs in a block narrower than eight.</summary>
internal interface IBlockWidth
{
    static abstract int Outputs { get; }
}

internal readonly struct Width4 : IBlockWidth
{
    public static int Outputs => 4;
}

internal readonly struct Width2 : IBlockWidth
{
    public static int Outputs => 2;
}

internal readonly struct Width1 : IBlockWidth
{
    public static int Outputs => 1;
}

/// <summary>No block.</summary>
internal readonly struct Width0 : IBlockWidth
{
    public static int Outputs => 0;
}

/// <summary>The last 4, 2 or 1 outputs: a step takes 8, 16 or 32 inputs, and lanes are added up at the end.</summary>
internal static unsafe class FewOutputs<TUnit, TSum, TInput, TWidth>
    where TUnit : struct, IDotUnit<TSum, TInput>
    where TSum : struct
    where TInput : struct
    where TWidth : struct, IBlockWidth
{
    private static nint Step => 32 / TWidth.Outputs;

    public static void Run(byte* input, ref MatrixVectorArgs args, nint output)
    {
        ref sbyte weights = ref args.WeightsOf(output);
        nint depth = args.Input.Length;
        TInput flip = TUnit.Flip(args.IsUnsigned);
        TSum sum0 = default, sum1 = default;
        nint i = 0;
        for (; TUnit.NeedsManySums && i <= depth - (Step * 4); i += Step * 4)
        {
            byte* x = input + i;
            ref sbyte w = ref Unsafe.Add(ref weights, i * TWidth.Outputs);
            sum0 = TUnit.AddPair(sum0, Expand(x, flip), Expand(x + Step, flip), ref w);
            sum1 = TUnit.AddPair(
                sum1,
                Expand(x + (Step * 2), flip),
                Expand(x + (Step * 3), flip),
                ref Unsafe.Add(ref w, 64));
        }

        sum0 = TUnit.Add(sum0, sum1);
        for (; i <= depth - Step; i += Step)
        {
            sum0 = TUnit.Add(
                sum0, Expand(input + i, flip), ref Unsafe.Add(ref weights, i * TWidth.Outputs));
        }

        Finish(sum0, i, ref args, output);
    }

    /// <summary>
    /// The bias, the sums of the first <paramref name="done"/> inputs, and less than a step that is left.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(TSum sum, nint done, ref MatrixVectorArgs args, nint output)
    {
        Vector128<int> lanes = TUnit.Lower(sum) + TUnit.Upper(sum);
        ref int bias = ref args.BiasOf(output, TUnit.IsUnsigned);
        ref int target = ref args.SumOf(output);
        if (TWidth.Outputs == 4)
        {
            (lanes + Vector128.LoadUnsafe(ref bias) - Vector128.Create(args.Excess)).StoreUnsafe(ref target);
        }
        else
        {
            lanes += Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1));
            if (TWidth.Outputs == 1)
            {
                lanes += Vector128.Shuffle(lanes, Vector128.Create(1, 0, 3, 2));
            }

            for (int lane = 0; lane < TWidth.Outputs; lane++)
            {
                Unsafe.Add(ref target, lane) = Unsafe.Add(ref bias, lane) + lanes.GetElement(lane) - args.Excess;
            }
        }

        if (done < args.Input.Length)
        {
            ref byte rest = ref Unsafe.Add(ref MemoryMarshal.GetReference(args.Input), done);
            int excess = TUnit.Excess(ref rest, args.Input.Length - done);
            LastInputs.Add(ref args, done, output, TWidth.Outputs, TUnit.IsUnsigned, excess);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TInput Expand(byte* input, TInput flip) => TWidth.Outputs switch
    {
        4 => TUnit.ExpandFor4(ref *input, flip),
        2 => TUnit.ExpandFor2(TUnit.Sixteen(input, flip)),
        _ => TUnit.ExpandFor1(ref *input, flip),
    };
}
