using System.Numerics;
using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Geometry;

/// <summary>
/// Indexes that a model computes: any number may come, and what is read by it must lie in the tensor.
/// </summary>
internal static class IndexRange
{
    /// <summary>The index, or the nearest one that there is.</summary>
    /// <param name="index">Any number.</param>
    /// <param name="most">The greatest index that there is; 0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Clamp<TIndex>(TIndex index, int most)
        where TIndex : unmanaged, IBinaryInteger<TIndex> =>
        Math.Min(Math.Max(int.CreateSaturating(index), 0), most); // without the check of Math.Clamp, and no branch

    /// <summary>
    /// The element of a tensor at which a part of it begins, moved so far that the part lies in the tensor.
    /// </summary>
    /// <param name="begin">An index for each dimension.</param>
    /// <param name="room">The greatest index of each that the part may begin at.</param>
    /// <param name="strides">The elements from one index of each dimension to the next.</param>
    public static int Begin<TIndex>(
        ReadOnlySpan<TIndex> begin, ReadOnlySpan<int> room, ReadOnlySpan<int> strides)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int element = 0;
        for (int d = 0; d < begin.Length; d++)
        {
            element += Clamp(begin[d], room[d]) * strides[d];
        }

        return element;
    }
}
