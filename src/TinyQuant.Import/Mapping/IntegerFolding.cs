using TinyQuant.Import.Source;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// Computes, while importing, what shapes decide: a tensor's shape, and integer arithmetic over it and over constants.
/// Shapes are static here, so none of it is left for the device.
/// </summary>
internal static class IntegerFolding
{
    /// <summary>Computes the operator's output; false where it takes the device to do so.</summary>
    public static bool TryFold(OperatorContext context, IOperatorMapping mapping, IntegerValues values)
    {
        SourceOperator op = context.Operator;
        if (op.Outputs.Length != 1 || mapping.FoldOf(context) is not { } fold
            || context.OutputTensor(0) is not
            {
                Type: SourceType.Int32
                or SourceType.Int64, IsVariable: false, IsConstant: false
            } output
            || values.IsFolded(op.Outputs[0]) || output.ElementCount is not <= IntegerValues.MostElements)
        {
            return false;
        }

        values.ChargeWork(context.KnownElements + output.ElementCount.Value);
        try
        {
            IntegerTensor folded = fold();
            long max = output.Type == SourceType.Int32 ? int.MaxValue : long.MaxValue;
            if (folded.Values.Length != output.ElementCount || folded.Values.Any(v => v > max || v < -max - 1))
            {
                return false;
            }
            // the shape that the file gives is the truth
            values.SetFolded(op.Outputs[0], folded with { Shape = output.Shape });
            return true;
        }
        catch (UnsupportedException)
        {
            return false; // it stays an operator, and if something needs it, its mapping says what is wrong
        }
    }
}
