using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>
/// One instruction set's way to multiply packed int8 weights with int8 inputs. A step takes 32 weight bytes: eight
/// sums of four products each.
/// </summary>
/// <remarks>
/// Every member of every unit is <c>AggressiveInlining</c>: without it ahead-of-time code passes the sums through
/// memory at each step. Lane <c>l</c> of the sums belongs to output <c>l % P</c> of a block of <c>P</c> outputs.
/// </remarks>
/// <typeparam name="TSum">Sums of eight lanes, in as many vectors as the unit needs; <c>default</c> is
/// zero.</typeparam>
/// <typeparam name="TInput">32 input bytes, each four beside the weights they meet; or sixteen, in both
/// halves.</typeparam>
internal interface IDotUnit<TSum, TInput>
    where TSum : struct
    where TInput : struct
{
    /// <summary>The name that <see cref="DotUnits.Int8"/> shows.</summary>
    static abstract string Name { get; }

    /// <summary>True if the unit multiplies inputs plus 128, so that the bias must be less by 128·Σw.</summary>
    static abstract bool IsUnsigned { get; }

    /// <summary>
    /// What every sum over these inputs is too large by: 128·Σx for a unit that multiplies weights plus 128.
    /// </summary>
    static abstract int Excess(ref byte input, nint depth);

    /// <summary>True if a sum takes so long to be added to that many of them must take turns.</summary>
    static abstract bool NeedsManySums { get; }

    /// <summary>
    /// What each input byte is XORed with to become what the unit multiplies: 0x80 or 0. A value and not a type, so
    /// that codes and pixels share the code.
    /// </summary>
    /// <param name="fromUnsigned">True for bytes that are the int8 code plus 128, such as pixels.</param>
    static abstract TInput Flip(bool fromUnsigned);

    /// <summary>Sixteen inputs in both halves: one load, and eight or ten outputs need no other.</summary>
    /// <param name="input">Pinned, or on the stack.</param>
    /// <param name="flip">What <see cref="Flip"/> gave.</param>
    static abstract unsafe TInput Sixteen(byte* input, TInput flip);

    /// <summary>
    /// Adds eight of sixteen inputs times 64 weight bytes: two groups of four inputs for eight outputs.
    /// </summary>
    /// <param name="sum">The sums so far.</param>
    /// <param name="sixteen">Sixteen inputs.</param>
    /// <param name="pair">0 for the first eight inputs, 1 for the second; a constant, and so are all offsets
    /// then.</param>
    /// <param name="weights">The 128 bytes that the sixteen inputs meet.</param>
    static abstract TSum AddPair(TSum sum, TInput sixteen, int pair, ref sbyte weights);

    /// <summary>Adds four inputs, the lowest byte first, times 32 weight bytes for eight outputs.</summary>
    static abstract TSum AddGroup(TSum sum, uint input, ref sbyte weights, TInput flip);

    /// <summary>Eight inputs, each group of four for four outputs.</summary>
    static abstract TInput ExpandFor4(ref byte input, TInput flip);

    /// <summary>Sixteen inputs, each group of four for two outputs.</summary>
    static abstract TInput ExpandFor2(TInput sixteen);

    /// <summary>Thirty-two inputs, each group of four for one output.</summary>
    static abstract TInput ExpandFor1(ref byte input, TInput flip);

    /// <summary>Adds 32 expanded inputs times 32 weight bytes.</summary>
    static abstract TSum Add(TSum sum, TInput input, ref sbyte weights);

    /// <summary>Adds twice 32 expanded inputs times 64 weight bytes.</summary>
    static abstract TSum AddPair(TSum sum, TInput first, TInput second, ref sbyte weights);

    /// <summary>Adds two sums.</summary>
    static abstract TSum Add(TSum left, TSum right);

    /// <summary>Lanes 0 to 3 of a finished sum.</summary>
    static abstract Vector128<int> Lower(TSum sum);

    /// <summary>Lanes 4 to 7 of a finished sum.</summary>
    static abstract Vector128<int> Upper(TSum sum);
}
