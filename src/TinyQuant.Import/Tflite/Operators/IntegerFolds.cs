using System.Collections.Frozen;
using TinyQuant.Import.Operators;
using TinyQuant.Import.Schema;

namespace TinyQuant.Import.Folding;

/// <summary>
/// Computes, while importing, what shapes decide: SHAPE, and integer arithmetic over it and over constants. Shapes are
/// static here, so none of it is left for the device.
/// </summary>
internal static class IntegerFolding
{
    private static readonly FrozenDictionary<BuiltinOperator, Func<OperatorSource, IntegerTensor>> s_folds =
        new Dictionary<BuiltinOperator, Func<OperatorSource, IntegerTensor>>
        {
            [BuiltinOperator.SHAPE] = Shape,
            [BuiltinOperator.CAST] = First,
            [BuiltinOperator.RESHAPE] = First,
            [BuiltinOperator.SQUEEZE] = First,
            [BuiltinOperator.EXPAND_DIMS] = First,
            [BuiltinOperator.ADD] = s => IntegerArithmetic.Elementwise(s, ElementwiseMapping.Add, (a, b) => a + b),
            [BuiltinOperator.SUB] = s => IntegerArithmetic.Elementwise(s, ElementwiseMapping.Sub, (a, b) => a - b),
            [BuiltinOperator.MUL] = s => IntegerArithmetic.Elementwise(s, ElementwiseMapping.Mul, (a, b) => a * b),
            [BuiltinOperator.MAXIMUM] = s => IntegerArithmetic.Elementwise(s, ElementwiseMapping.Maximum, Int128.Max),
            [BuiltinOperator.MINIMUM] = s => IntegerArithmetic.Elementwise(s, ElementwiseMapping.Minimum, Int128.Min),
            [BuiltinOperator.SLICE] = s => IntegerSelection.Take(First(s), SliceRanges.OfSlice(s)),
            [BuiltinOperator.STRIDED_SLICE] = s => IntegerSelection.Take(First(s), StridedSliceResolver.Resolve(s)),
            [BuiltinOperator.GATHER] = IntegerSelection.Gather,
            [BuiltinOperator.PACK] = s => IntegerSelection.Join(s, JoinMapping.Pack(s)),
            [BuiltinOperator.CONCATENATION] = s => IntegerSelection.Join(s, JoinMapping.Concatenation(s)),
        }.ToFrozenDictionary();

    /// <summary>Computes the operator's output; false where it takes the device to do so.</summary>
    public static bool TryFold(OperatorSource source, IntegerValues values)
    {
        TfliteOperator op = source.Operator;
        if (op.Outputs.Length != 1 || !s_folds.TryGetValue(op.Code, out Func<OperatorSource, IntegerTensor>? fold)
            || source.OutputTensor(0) is not { Type: TfliteType.Int32 or TfliteType.Int64, IsVariable: false, IsConstant: false } output
            || values.IsFolded(op.Outputs[0]) || output.ElementCount is not <= IntegerValues.MostElements)
        {
            return false;
        }
        values.ChargeWork(source.KnownElements + output.ElementCount.Value);
        try
        {
            IntegerTensor folded = fold(source);
            long max = output.Type == TfliteType.Int32 ? int.MaxValue : long.MaxValue;
            if (folded.Values.Length != output.ElementCount || folded.Values.Any(v => v > max || v < -max - 1))
            {
                return false;
            }
            values.SetFolded(op.Outputs[0], folded with { Shape = output.Shape }); // the shape that the file gives is the truth
            return true;
        }
        catch (UnsupportedException)
        {
            return false; // it stays an operator, and if something needs it, its mapping says what is wrong
        }
    }

    private static IntegerTensor Shape(OperatorSource source)
    {
        TfliteTensor tensor = source.InputTensor(0);
        return tensor.Shape.Any(d => d < 0)
            ? throw new UnsupportedException($"the shape of {tensor.TypeAndShape} is not known before the model runs")
            : new IntegerTensor([tensor.Shape.Length], [.. tensor.Shape.Select(d => (long)d)]);
    }

    /// <summary>The same values, under whatever shape the output has.</summary>
    private static IntegerTensor First(OperatorSource source) => source.Known(0, "its input");
}
