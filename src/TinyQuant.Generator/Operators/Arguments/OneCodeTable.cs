using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// A function of two int8 codes of which one is a constant of one element: a table of its answers to the other.
/// </summary>
/// <param name="Input">The one that varies.</param>
/// <param name="Constant">The one that does not.</param>
/// <param name="IsLeft">Whether the one that varies is the left one.</param>
internal readonly record struct OneCodeTable(Tensor Input, sbyte Constant, bool IsLeft)
{
    private const int Codes = 256;

    /// <summary>The operands of an operator that can be such a table; null where it cannot.</summary>
    public static OneCodeTable? Find(BinaryOperator op) =>
        Of(op.Left, op.Right, op.Output, isLeft: true) ?? Of(op.Right, op.Left, op.Output, isLeft: false);

    /// <summary>Bakes the table and returns the call that looks up.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="method">The kernel.</param>
    /// <param name="context">Where to bake.</param>
    /// <param name="answer">Of the left and the right code: a code, or 0 or 1.</param>
    public KernelCall Lower(
        BinaryOperator op, string method, LoweringContext context, Func<int, int, int> answer)
    {
        (sbyte constant, bool isLeft) = (Constant, IsLeft);
        sbyte[] table = [.. Enumerable.Range(sbyte.MinValue, Codes)
            .Select(x => (sbyte)(isLeft ? answer(x, constant) : answer(constant, x)))];
        string input = context.Span(Input);
        string output = context.Span(op.Output);
        return context.Call(op, method, input,
            context.Bake(op.Output.Name + ".table", op.Output.Type,
                MemoryMarshal.AsBytes(table.AsSpan()).ToArray(), $"{op.Kind} of each code, from -128 on"),
            output);
    }

    private static OneCodeTable? Of(Tensor input, Tensor constant, Tensor output, bool isLeft) =>
        constant.IsConstant && constant.ElementCount == 1 && input.ElementCount == output.ElementCount
        ? new OneCodeTable(input, unchecked((sbyte)constant.Data!.Value[0]), isLeft)
        : null;
}
