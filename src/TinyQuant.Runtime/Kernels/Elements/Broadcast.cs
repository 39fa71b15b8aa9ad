using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Elements;

/// <summary>An element-wise operation over a run of elements.</summary>
internal interface IBinaryKernel<TLeft, TRight, TOutput, TConstants>
    where TLeft : unmanaged
    where TRight : unmanaged
    where TOutput : unmanaged
    where TConstants : struct, allows ref struct
{
    /// <summary>Computes a run; an operand of one element stands for as many as the output has.</summary>
    static abstract void Run(
        ReadOnlySpan<TLeft> left, ReadOnlySpan<TRight> right, in TConstants constants, Span<TOutput> output);
}

/// <summary>The same, with one type for all elements.</summary>
internal interface IBinaryKernel<T, TConstants> : IBinaryKernel<T, T, T, TConstants>
    where T : unmanaged
    where TConstants : struct, allows ref struct;

/// <summary>The constants of an operation that has none.</summary>
internal readonly struct NoConstants;

/// <summary>Runs an operation over operands that are stretched to one shape.</summary>
internal static class Broadcast
{
    /// <summary>Shorter rows are put side by side: a call for each would take longer than what it computes.</summary>
    private const int ShortRow = 64;
    private const int BlockElements = 512;

    public static void Run<T, TConstants, TKernel>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, in BroadcastGeometry geometry, in TConstants constants,
        Span<T> output)
        where T : unmanaged
        where TConstants : struct, allows ref struct
        where TKernel : struct, IBinaryKernel<T, T, T, TConstants> =>
        Run<T, T, T, TConstants, TKernel>(left, right, geometry, constants, output);

    public static void Run<TLeft, TRight, TOutput, TConstants, TKernel>(
        ReadOnlySpan<TLeft> left, ReadOnlySpan<TRight> right, in BroadcastGeometry geometry, in TConstants constants,
        Span<TOutput> output)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TOutput : unmanaged
        where TConstants : struct, allows ref struct
        where TKernel : struct, IBinaryKernel<TLeft, TRight, TOutput, TConstants>
    {
        geometry.Check(left.Length, right.Length, output.Length);
        if (geometry.Sizes.IsEmpty)
        {
            TKernel.Run(left, right, constants, output);
            return;
        }

        int last = geometry.Sizes.Length - 1;
        int run = geometry.Sizes[last];
        if (run < ShortRow && run < output.Length)
        {
            RunBlocks<TLeft, TRight, TOutput, TConstants, TKernel>(left, right, geometry, constants, output);
            return;
        }

        int leftRun = geometry.LeftStrides[last] == 0 ? 1 : run;
        int rightRun = geometry.RightStrides[last] == 0 ? 1 : run;
        Span<int> index = stackalloc int[BroadcastGeometry.MaxRank];
        index.Clear();
        int leftAt = 0;
        int rightAt = 0;
        for (int at = 0; at < output.Length; at += run)
        {
            TKernel.Run(left.Slice(leftAt, leftRun), right.Slice(rightAt, rightRun), constants, output.Slice(at, run));

            // The next index of the outer dimensions, the innermost of them first.
            for (int d = last - 1; d >= 0; d--)
            {
                leftAt += geometry.LeftStrides[d];
                rightAt += geometry.RightStrides[d];
                if (++index[d] < geometry.Sizes[d])
                {
                    break;
                }

                leftAt -= geometry.LeftStrides[d] * geometry.Sizes[d];
                rightAt -= geometry.RightStrides[d] * geometry.Sizes[d];
                index[d] = 0;
            }
        }
    }

    /// <summary>As many rows at once as a block holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // the blocks are cleared when it is called
    private static void RunBlocks<TLeft, TRight, TOutput, TConstants, TKernel>(
        ReadOnlySpan<TLeft> left, ReadOnlySpan<TRight> right, in BroadcastGeometry geometry, in TConstants constants,
        Span<TOutput> output)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TOutput : unmanaged
        where TConstants : struct, allows ref struct
        where TKernel : struct, IBinaryKernel<TLeft, TRight, TOutput, TConstants>
    {
        int run = geometry.Sizes[^1];
        int most = BlockElements / run * run;
        Span<TLeft> leftBlock = stackalloc TLeft[BlockElements];
        Span<TRight> rightBlock = stackalloc TRight[BlockElements];
        BroadcastRows leftRows = new(geometry.Sizes, geometry.LeftStrides);
        BroadcastRows rightRows = new(geometry.Sizes, geometry.RightStrides);
        for (int at = 0; at < output.Length; at += most)
        {
            int length = Math.Min(most, output.Length - at);
            leftRows.Take(left, at == 0, leftBlock[..length]);
            rightRows.Take(right, at == 0, rightBlock[..length]);
            TKernel.Run(
                leftRows.IsStraight ? left.Slice(at, length) : leftBlock[..length],
                rightRows.IsStraight ? right.Slice(at, length) : rightBlock[..length], constants,
                output.Slice(at, length));
        }
    }
}
