using System.Runtime.CompilerServices;

namespace CLibrary;

/// <summary>The model over working memory on the stack.</summary>
/// <remarks>
/// Never inlined: a method with a buffer on the stack compares a cookie on leaving with the one on entering, and the
/// very first call from C sets the cookie when it starts the runtime, within the exported method.
/// </remarks>
internal static class OnStack
{
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(ReadOnlySpan<sbyte> codes, Span<sbyte> scores)
    {
        Span<byte> arena = stackalloc byte[Mnist.ArenaBytes];
        Mnist.Run(codes, scores, arena);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Classify(ReadOnlySpan<sbyte> codes)
    {
        Span<byte> arena = stackalloc byte[Mnist.ClassifyArenaBytes];
        return Mnist.Classify(codes, arena);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Classify(ReadOnlySpan<byte> pixels)
    {
        Span<byte> arena = stackalloc byte[Mnist.ClassifyArenaBytes];
        return Mnist.Classify(pixels, arena);
    }
}
