using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>
/// One input vector, and weights from the first of some outputs on; the sums go to as many accumulators.
/// </summary>
internal ref struct MatrixVectorArgs
{
    public ReadOnlySpan<byte> Input;

    /// <summary>True if the input bytes are int8 codes plus 128.</summary>
    public bool IsUnsigned;

    public ReadOnlySpan<sbyte> Weights;
    public ReadOnlySpan<int> Bias;
    public ReadOnlySpan<int> UnsignedBias;
    public Span<int> Accumulators;

    /// <summary>What the unit's sums over all inputs come out too large by; the kernel sets it.</summary>
    public int Excess;

    /// <summary>Where the weights of a block begin whose first output is <paramref name="output"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref sbyte WeightsOf(nint output) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(Weights), output * (nint)PackedLayout.Padded(Input.Length));

    /// <summary>The bias of an output, for units that multiply signed or unsigned inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref int BiasOf(nint output, bool isUnsigned) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(isUnsigned ? UnsignedBias : Bias), output);

    /// <summary>The accumulator of an output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref int SumOf(nint output) => ref Unsafe.Add(ref MemoryMarshal.GetReference(Accumulators), output);
}
