using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Elements;

/// <summary>How vectors of an operand of two are loaded: a loop for each form.</summary>
internal interface IOperand
{
    static abstract Vector256<T> Load256<T>(ref T operand, int i);

    static abstract Vector128<T> Load128<T>(ref T operand, int i);
}

/// <summary>As many elements as the output has.</summary>
internal readonly struct Each : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load256<T>(ref T operand, int i) => Vector256.LoadUnsafe(ref operand, (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load128<T>(ref T operand, int i) => Vector128.LoadUnsafe(ref operand, (nuint)i);
}

/// <summary>One element for all.</summary>
internal readonly struct One : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load256<T>(ref T operand, int i) => Vector256.Create(operand);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load128<T>(ref T operand, int i) => Vector128.Create(operand);
}
