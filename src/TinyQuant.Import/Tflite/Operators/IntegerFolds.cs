using System.Collections.Frozen;
using TinyQuant.Import.Folding;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>The operators that are computed while importing where their integers are known.</summary>
internal static class IntegerFolds
{
    private static readonly FrozenDictionary<BuiltinOperator, Func<OperatorSource, IntegerTensor>> s_folds =
        new Dictionary<BuiltinOperator, Func<OperatorSource, IntegerTensor>>
        {
            [BuiltinOperator.SHAPE] = Shape,
            [BuiltinOperator.CAST] = First,
            [BuiltinOperator.RESHAPE] = First,
            [BuiltinOperator.SQUEEZE] = First,
            [BuiltinOperator.EXPAND_DIMS] = First,
            [BuiltinOperator.ADD] = s => Elementwise(s, ElementwiseMapping.ActivationOfAdd(s), (a, b) => a + b),
            [BuiltinOperator.SUB] = s => Elementwise(s, ElementwiseMapping.ActivationOfSub(s), (a, b) => a - b),
            [BuiltinOperator.MUL] = s => Elementwise(s, ElementwiseMapping.ActivationOfMul(s), (a, b) => a * b),
            [BuiltinOperator.MAXIMUM] = s => Elementwise(s, ElementwiseMapping.ActivationOfExtremum(s), Int128.Max),
            [BuiltinOperator.MINIMUM] = s => Elementwise(s, ElementwiseMapping.ActivationOfExtremum(s), Int128.Min),
            [BuiltinOperator.DIV] = s => Quotient(s, ElementwiseMapping.ActivationOfDiv(s), (a, b) => a / b),
            [BuiltinOperator.FLOOR_DIV] = FloorDiv,
            [BuiltinOperator.FLOOR_MOD] = FloorMod,
            [BuiltinOperator.NEG] = Neg,
            [BuiltinOperator.TRANSPOSE] = s => IntegerSelection.Permute(First(s), ShapeMapping.PermutationOf(s)),
            [BuiltinOperator.SLICE] = s => IntegerSelection.Take(First(s), SliceMapping.RangesOf(s)),
            [BuiltinOperator.STRIDED_SLICE] = s => IntegerSelection.Take(First(s), StridedSliceResolver.Resolve(s)),
            [BuiltinOperator.BROADCAST_ARGS] = BroadcastArgs,
            [BuiltinOperator.GATHER] = Gather,
            [BuiltinOperator.PACK] = s => Join(s, JoinMapping.AxisOfPack(s), Activation.None),
            [BuiltinOperator.CONCATENATION] = s =>
                Join(s, JoinMapping.AxisOfConcatenation(s), JoinMapping.ActivationOfConcatenation(s)),
        }.ToFrozenDictionary();

    /// <summary>What computes an operator; null where it is none of these.</summary>
    public static Func<IntegerTensor>? Of(OperatorSource source) =>
        s_folds.TryGetValue(source.Code, out Func<OperatorSource, IntegerTensor>? fold) ? () => fold(source) : null;

    private static IntegerTensor Elementwise(
        OperatorSource source, Activation activation, Func<Int128, Int128, Int128> compute)
    {
        RequireNone(activation);
        return IntegerArithmetic.Elementwise(
            source.Known(0, "its first input"), source.Known(1, "its second input"), source.OutputTensor(0), compute);
    }

    private static IntegerTensor BroadcastArgs(OperatorSource source)
    {
        StretchMapping.BroadcastArgs(source);
        return IntegerSelection.Broadcast(source.Known(0, "its first input"), source.Known(1, "its second input"));
    }

    private static IntegerTensor FloorDiv(OperatorSource source)
    {
        source.Options(type: 65, fields: 0);
        return Quotient(source, Activation.None, (a, b) => (a - Remainder(a, b)) / b);
    }

    private static IntegerTensor FloorMod(OperatorSource source)
    {
        source.Options(type: 72, fields: 0);
        return Quotient(source, Activation.None, Remainder);
    }

    /// <summary>What is left of a division with the floor, with the sign of the divisor.</summary>
    private static Int128 Remainder(Int128 a, Int128 b)
    {
        Int128 remainder = a % b;
        return remainder != 0 && Int128.IsNegative(remainder) != Int128.IsNegative(b) ? remainder + b : remainder;
    }

    private static IntegerTensor Quotient(
        OperatorSource source, Activation activation, Func<Int128, Int128, Int128> compute) =>
        Elementwise(
            source, activation,
            (a, b) => b == 0 ? throw new UnsupportedException("it divides by 0") : compute(a, b));

    private static IntegerTensor Neg(OperatorSource source)
    {
        source.Options(type: 42, fields: 0);
        return IntegerArithmetic.Elementwise(
            First(source), new IntegerTensor([], [-1]), source.OutputTensor(0), (a, b) => a * b);
    }

    private static IntegerTensor Gather(OperatorSource source)
    {
        (int axis, int batchDims) = IndexMapping.AxisOfGather(source);
        return batchDims != 0
            ? throw new UnsupportedException("batch dimensions are not supported")
            : IntegerSelection.Gather(
                source.Known(0, "its input"), source.Known(1, "the indexes"), axis, source.OutputTensor(0));
    }

    private static IntegerTensor Join(OperatorSource source, int axis, Activation activation)
    {
        RequireNone(activation);
        IntegerTensor[] parts = [
            .. Enumerable.Range(0, source.InputCount).Select(i => source.Known(i, Invariant($"input {i}")))];
        return IntegerSelection.Join(parts, axis, source.OutputTensor(0));
    }

    private static void RequireNone(Activation activation)
    {
        if (activation != Activation.None)
        {
            throw new UnsupportedException("a fused activation of integers is not supported");
        }
    }

    private static IntegerTensor Shape(OperatorSource source)
    {
        SourceTensor tensor = source.InputTensor(0);
        return tensor.Shape.Any(d => d < 0)
            ? throw new UnsupportedException($"the shape of {tensor.TypeAndShape} is not known before the model runs")
            : new IntegerTensor([tensor.Shape.Length], [.. tensor.Shape.Select(d => (long)d)]);
    }

    /// <summary>The same values, under whatever shape the output has.</summary>
    private static IntegerTensor First(OperatorSource source) => source.Known(0, "its input");
}
