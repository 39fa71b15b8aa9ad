using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Elements;

/// <summary>
/// Codes that are compared with one number: below some code one answer, from another on one, else one.
/// </summary>
/// <remarks>A code's scaled value never gets less as the code gets greater.</remarks>
/// <param name="first">The first code that is not below the number; 128 for none.</param>
/// <param name="end">The first code that is above it; 128 for none.</param>
/// <param name="below">The answer for codes below the number.</param>
/// <param name="equal">The answer for codes that are the number.</param>
/// <param name="above">The answer for codes above it.</param>
internal readonly struct CodeThresholds(int first, int end, bool below, bool equal, bool above)
{
    /// <summary>Answers as far as there are whole vectors; returns where they end.</summary>
    public int Run(ReadOnlySpan<sbyte> codes, Span<bool> output)
    {
        ref sbyte source = ref MemoryMarshal.GetReference(codes);
        ref byte target = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(output));
        Vector128<byte> lower = Answer(below), middle = Answer(equal), upper = Answer(above);
        Vector128<sbyte> least = Vector128.Create((sbyte)Math.Min(first, sbyte.MaxValue));
        Vector128<sbyte> most = Vector128.Create((sbyte)Math.Max(end - 1, sbyte.MinValue));

        // Where the first is 128 all are below; where the end is -128 all are above.
        middle = first > sbyte.MaxValue ? lower : middle;
        Vector128<byte> greatest = first > sbyte.MaxValue ? lower : upper;
        middle = end == sbyte.MinValue ? upper : middle;
        int i = 0;
        for (; i <= output.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<sbyte> code = Vector128.LoadUnsafe(ref source, (nuint)i);
            Vector128<byte> answer = Vector128.ConditionalSelect(
                Vector128.GreaterThan(code, most).AsByte(), greatest, middle);
            Vector128.ConditionalSelect(Vector128.LessThan(code, least).AsByte(), lower, answer)
                .StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private static Vector128<byte> Answer(bool holds) => Vector128.Create(holds ? (byte)1 : (byte)0);
}
