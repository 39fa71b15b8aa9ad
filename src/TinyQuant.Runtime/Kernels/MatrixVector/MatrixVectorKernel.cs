using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>A matrix-vector product over packed weights: outputs in blocks of 32, 8, then 4, 2, 1.</summary>
/// <remarks>A block reads what it needs of the arguments itself: as parameters they would go through memory.</remarks>
internal readonly unsafe struct MatrixVectorKernel : IDotKernel<MatrixVectorArgs>
{
    public static void Run<TUnit, TSum, TInput>(ref MatrixVectorArgs args)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        fixed (byte* input = args.Input)
        {
            args.Excess = TUnit.Excess(ref *input, args.Input.Length);
            Blocks<TUnit, TSum, TInput>(input, ref args);
        }
    }

    private static void Blocks<TUnit, TSum, TInput>(byte* input, ref MatrixVectorArgs args)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        nint outputs = args.Accumulators.Length;
        nint output = 0;
        for (; output <= outputs - PackedLayout.WideOutputs; output += PackedLayout.WideOutputs)
        {
            FourBlocks<TUnit, TSum, TInput>(input, ref args, output);
        }

        for (; output <= outputs - PackedLayout.ColumnOutputs; output += PackedLayout.ColumnOutputs)
        {
            // Ten classes are what classifiers have most.
            if (outputs - output == 10)
            {
                OneBlock<TUnit, TSum, TInput, Width2>(input, ref args, output);
                return;
            }

            OneBlock<TUnit, TSum, TInput, Width0>(input, ref args, output);
        }

        if ((outputs & 4) != 0)
        {
            FewOutputs<TUnit, TSum, TInput, Width4>.Run(input, ref args, output);
            output += 4;
        }

        if ((outputs & 2) != 0)
        {
            FewOutputs<TUnit, TSum, TInput, Width2>.Run(input, ref args, output);
            output += 2;
        }

        if ((outputs & 1) != 0)
        {
            FewOutputs<TUnit, TSum, TInput, Width1>.Run(input, ref args, output);
        }
    }

    /// <summary>32 outputs share each input that is loaded.</summary>
    private static void FourBlocks<TUnit, TSum, TInput>(byte* input, ref MatrixVectorArgs args, nint output)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        ref sbyte weights = ref args.WeightsOf(output);
        nint depth = args.Input.Length;
        TInput flip = TUnit.Flip(args.IsUnsigned);
        TSum sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint i = 0;
        for (; i <= depth - 16; i += 16)
        {
            TInput x = TUnit.Sixteen(input + i, flip);
            ref sbyte w = ref Unsafe.Add(ref weights, i * 32);
            sum0 = AddSixteen<TUnit, TSum, TInput>(sum0, x, ref w);
            sum1 = AddSixteen<TUnit, TSum, TInput>(sum1, x, ref Unsafe.Add(ref w, 128));
            sum2 = AddSixteen<TUnit, TSum, TInput>(sum2, x, ref Unsafe.Add(ref w, 256));
            sum3 = AddSixteen<TUnit, TSum, TInput>(sum3, x, ref Unsafe.Add(ref w, 384));
        }

        for (; i < depth; i += 4)
        {
            uint x = Group(input + i, depth - i);
            ref sbyte w = ref Unsafe.Add(ref weights, i * 32);
            sum0 = TUnit.AddGroup(sum0, x, ref w, flip);
            sum1 = TUnit.AddGroup(sum1, x, ref Unsafe.Add(ref w, 32), flip);
            sum2 = TUnit.AddGroup(sum2, x, ref Unsafe.Add(ref w, 64), flip);
            sum3 = TUnit.AddGroup(sum3, x, ref Unsafe.Add(ref w, 96), flip);
        }

        Store<TUnit, TSum, TInput>(sum0, ref args, output);
        Store<TUnit, TSum, TInput>(sum1, ref args, output + 8);
        Store<TUnit, TSum, TInput>(sum2, ref args, output + 16);
        Store<TUnit, TSum, TInput>(sum3, ref args, output + 24);
    }

    /// <summary>
    /// 8 outputs, and the 2 after them where <typeparamref name="TBeside"/> says so. The inputs are dealt to four sums,
    /// so that no addition waits for the one before it.
    /// </summary>
    private static void OneBlock<TUnit, TSum, TInput, TBeside>(byte* input, ref MatrixVectorArgs args, nint output)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
        where TBeside : struct, IBlockWidth
    {
        ref sbyte weights = ref args.WeightsOf(output);
        ref sbyte besideWeights = ref args.WeightsOf(output + 8);
        nint depth = args.Input.Length;
        TInput flip = TUnit.Flip(args.IsUnsigned);
        TSum sum0 = default, sum1 = default, sum2 = default, sum3 = default, beside = default;
        nint i = 0;
        for (; TUnit.NeedsManySums && i <= depth - 32; i += 32)
        {
            ref sbyte w = ref Unsafe.Add(ref weights, i * 8);
            TInput first = TUnit.Sixteen(input + i, flip);
            sum0 = TUnit.AddPair(sum0, first, 0, ref w);
            sum1 = TUnit.AddPair(sum1, first, 1, ref w);
            ref sbyte w2 = ref Unsafe.Add(ref w, 128);
            TInput second = TUnit.Sixteen(input + i + 16, flip);
            sum2 = TUnit.AddPair(sum2, second, 0, ref w2);
            sum3 = TUnit.AddPair(sum3, second, 1, ref w2);
            if (TBeside.Outputs == 2)
            {
                beside = TUnit.AddPair(
                    beside, TUnit.ExpandFor2(first), TUnit.ExpandFor2(second),
                    ref Unsafe.Add(ref besideWeights, i * 2));
            }
        }

        for (; i <= depth - 16; i += 16)
        {
            ref sbyte w = ref Unsafe.Add(ref weights, i * 8);
            TInput x = TUnit.Sixteen(input + i, flip);
            sum0 = TUnit.AddPair(sum0, x, 0, ref w);
            sum1 = TUnit.AddPair(sum1, x, 1, ref w);
            if (TBeside.Outputs == 2)
            {
                beside = TUnit.Add(beside, TUnit.ExpandFor2(x), ref Unsafe.Add(ref besideWeights, i * 2));
            }
        }

        for (nint j = i; j < depth; j += 4)
        {
            uint x = Group(input + j, depth - j);
            sum2 = TUnit.AddGroup(sum2, x, ref Unsafe.Add(ref weights, j * 8), flip);
        }

        Store<TUnit, TSum, TInput>(TUnit.Add(TUnit.Add(sum0, sum1), TUnit.Add(sum2, sum3)), ref args, output);
        if (TBeside.Outputs == 2)
        {
            FewOutputs<TUnit, TSum, TInput, TBeside>.Finish(beside, i, ref args, output + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSum AddSixteen<TUnit, TSum, TInput>(TSum sum, TInput x, ref sbyte weights)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct => TUnit.AddPair(TUnit.AddPair(sum, x, 0, ref weights), x, 1, ref weights);

    // Reads nothing past the last input; what is missing of a group meets weights of zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Group(byte* input, nint left)
    {
        if (left >= 4)
        {
            return Unsafe.ReadUnaligned<uint>(input);
        }

        uint group = input[0];
        if (left > 1)
        {
            group |= (uint)input[1] << 8;
        }

        if (left > 2)
        {
            group |= (uint)input[2] << 16;
        }

        return group;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TUnit, TSum, TInput>(TSum sum, ref MatrixVectorArgs args, nint output)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        ref int bias = ref args.BiasOf(output, TUnit.IsUnsigned);
        ref int target = ref args.SumOf(output);
        Vector128<int> excess = Vector128.Create(args.Excess);
        (TUnit.Lower(sum) + Vector128.LoadUnsafe(ref bias) - excess).StoreUnsafe(ref target);
        (TUnit.Upper(sum) + Vector128.LoadUnsafe(ref bias, 4) - excess).StoreUnsafe(ref target, 4);
    }
}
