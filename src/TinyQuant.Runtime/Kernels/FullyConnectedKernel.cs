using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels;

/// <summary>One input vector, and weights from the first of some outputs on; the sums go to as many accumulators.</summary>
internal ref struct RowArgs
{
    public ReadOnlySpan<byte> Input;

    /// <summary>True if the input bytes are int8 codes plus 128.</summary>
    public bool IsUnsigned;

    public ReadOnlySpan<sbyte> Weights;
    public ReadOnlySpan<int> Bias;
    public ReadOnlySpan<int> UnsignedBias;
    public Span<int> Accumulators;
}

/// <summary>A matrix-vector product over packed weights: outputs in blocks of 32, 8, then 4, 2, 1.</summary>
internal readonly struct FullyConnectedKernel : IDotKernel<RowArgs>
{
    public static void Run<TUnit, TSum, TInput>(ref RowArgs args)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        ref byte input = ref MemoryMarshal.GetReference(args.Input);
        ref sbyte weights = ref MemoryMarshal.GetReference(args.Weights);
        ref int bias = ref MemoryMarshal.GetReference(TUnit.IsUnsigned ? args.UnsignedBias : args.Bias);
        ref int sums = ref MemoryMarshal.GetReference(args.Accumulators);
        nint depth = args.Input.Length;
        nint groups = (depth + 3) / 4;
        nint outputs = args.Accumulators.Length;

        TInput flip = TUnit.Flip(args.IsUnsigned);

        nint output = 0;
        for (; output <= outputs - 32; output += 32)
        {
            FourBlocks<TUnit, TSum, TInput>(
                ref input, depth, ref Unsafe.Add(ref weights, output * groups * 4),
                ref Unsafe.Add(ref bias, output), ref Unsafe.Add(ref sums, output), flip);
        }

        for (; output <= outputs - 8; output += 8)
        {
            OneBlock<TUnit, TSum, TInput>(
                ref input, depth, ref Unsafe.Add(ref weights, output * groups * 4),
                ref Unsafe.Add(ref bias, output), ref Unsafe.Add(ref sums, output), flip);
        }

        if ((outputs & 4) != 0)
        {
            NarrowBlock<TUnit, TSum, TInput, Width4>.Run(
                ref input, depth, ref Unsafe.Add(ref weights, output * groups * 4),
                ref Unsafe.Add(ref bias, output), ref Unsafe.Add(ref sums, output), flip);
            output += 4;
        }

        if ((outputs & 2) != 0)
        {
            NarrowBlock<TUnit, TSum, TInput, Width2>.Run(
                ref input, depth, ref Unsafe.Add(ref weights, output * groups * 4),
                ref Unsafe.Add(ref bias, output), ref Unsafe.Add(ref sums, output), flip);
            output += 2;
        }

        if ((outputs & 1) != 0)
        {
            NarrowBlock<TUnit, TSum, TInput, Width1>.Run(
                ref input, depth, ref Unsafe.Add(ref weights, output * groups * 4),
                ref Unsafe.Add(ref bias, output), ref Unsafe.Add(ref sums, output), flip);
        }

        int excess = TUnit.Excess(ref input, depth);
        if (excess != 0)
        {
            Subtract(excess, args.Accumulators);
        }
    }

    private static void Subtract(int excess, Span<int> sums)
    {
        ref int first = ref MemoryMarshal.GetReference(sums);
        nint i = 0;
        for (; i <= sums.Length - 8; i += 8)
        {
            (Vector256.LoadUnsafe(ref first, (nuint)i) - Vector256.Create(excess)).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < sums.Length; i++)
        {
            Unsafe.Add(ref first, i) -= excess;
        }
    }

    /// <summary>32 outputs share each input that is loaded.</summary>
    private static void FourBlocks<TUnit, TSum, TInput>(
        ref byte input, nint depth, ref sbyte weights, ref int bias, ref int sums, TInput flip)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        nint block = (depth + 3) / 4 * 32;
        TSum sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint i = 0;
        for (; i <= depth - 8; i += 8)
        {
            ref byte x = ref Unsafe.Add(ref input, i);
            ref sbyte w = ref Unsafe.Add(ref weights, i * 8);
            sum0 = TUnit.AddPair(sum0, ref x, ref w, flip);
            sum1 = TUnit.AddPair(sum1, ref x, ref Unsafe.Add(ref w, block), flip);
            sum2 = TUnit.AddPair(sum2, ref x, ref Unsafe.Add(ref w, block * 2), flip);
            sum3 = TUnit.AddPair(sum3, ref x, ref Unsafe.Add(ref w, block * 3), flip);
        }

        for (; i < depth; i += 4)
        {
            uint x = Group(ref Unsafe.Add(ref input, i), depth - i);
            ref sbyte w = ref Unsafe.Add(ref weights, i * 8);
            sum0 = TUnit.AddGroup(sum0, x, ref w, flip);
            sum1 = TUnit.AddGroup(sum1, x, ref Unsafe.Add(ref w, block), flip);
            sum2 = TUnit.AddGroup(sum2, x, ref Unsafe.Add(ref w, block * 2), flip);
            sum3 = TUnit.AddGroup(sum3, x, ref Unsafe.Add(ref w, block * 3), flip);
        }

        Store<TUnit, TSum, TInput>(sum0, ref bias, ref sums);
        Store<TUnit, TSum, TInput>(sum1, ref Unsafe.Add(ref bias, 8), ref Unsafe.Add(ref sums, 8));
        Store<TUnit, TSum, TInput>(sum2, ref Unsafe.Add(ref bias, 16), ref Unsafe.Add(ref sums, 16));
        Store<TUnit, TSum, TInput>(sum3, ref Unsafe.Add(ref bias, 24), ref Unsafe.Add(ref sums, 24));
    }

    /// <summary>8 outputs, the inputs dealt to four sums, so that no addition waits for the one before it.</summary>
    private static void OneBlock<TUnit, TSum, TInput>(
        ref byte input, nint depth, ref sbyte weights, ref int bias, ref int sums, TInput flip)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        TSum sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint i = 0;
        for (; i <= depth - 32; i += 32)
        {
            ref byte x = ref Unsafe.Add(ref input, i);
            ref sbyte w = ref Unsafe.Add(ref weights, i * 8);
            sum0 = TUnit.AddPair(sum0, ref x, ref w, flip);
            sum1 = TUnit.AddPair(sum1, ref Unsafe.Add(ref x, 8), ref Unsafe.Add(ref w, 64), flip);
            sum2 = TUnit.AddPair(sum2, ref Unsafe.Add(ref x, 16), ref Unsafe.Add(ref w, 128), flip);
            sum3 = TUnit.AddPair(sum3, ref Unsafe.Add(ref x, 24), ref Unsafe.Add(ref w, 192), flip);
        }

        if (i <= depth - 16)
        {
            sum0 = TUnit.AddPair(sum0, ref Unsafe.Add(ref input, i), ref Unsafe.Add(ref weights, i * 8), flip);
            sum1 = TUnit.AddPair(sum1, ref Unsafe.Add(ref input, i + 8), ref Unsafe.Add(ref weights, i * 8 + 64), flip);
            i += 16;
        }

        for (; i < depth; i += 4)
        {
            uint x = Group(ref Unsafe.Add(ref input, i), depth - i);
            sum2 = TUnit.AddGroup(sum2, x, ref Unsafe.Add(ref weights, i * 8), flip);
        }

        Store<TUnit, TSum, TInput>(TUnit.Add(TUnit.Add(sum0, sum1), TUnit.Add(sum2, sum3)), ref bias, ref sums);
    }

    // Reads nothing past the last input; what is missing of a group meets weights of zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Group(ref byte input, nint left)
    {
        if (left >= 4)
        {
            return Unsafe.ReadUnaligned<uint>(ref input);
        }

        uint group = input;
        if (left > 1)
        {
            group |= (uint)Unsafe.Add(ref input, 1) << 8;
        }

        if (left > 2)
        {
            group |= (uint)Unsafe.Add(ref input, 2) << 16;
        }

        return group;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TUnit, TSum, TInput>(TSum sum, ref int bias, ref int sums)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        (TUnit.Lower(sum) + Vector128.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
        (TUnit.Upper(sum) + Vector128.LoadUnsafe(ref bias, 4)).StoreUnsafe(ref sums, 4);
    }
}
