using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// The same elements under another shape, or in another order: RESHAPE, SQUEEZE, EXPAND_DIMS, TRANSPOSE.
/// </summary>
internal static class ShapeMapping
{
    /// <summary>The shape is an input or, in older files, an option. Both yield to that of the output.</summary>
    public static MappedOperator Reshape(OperatorSource source)
    {
        source.Options(type: 17, fields: 1);
        OutputShapes.RequireSame(source, input: 1);
        RequireSameElements(source);
        return source.Map((inputs, outputs) => new Reshape(inputs[0], outputs[0]), 0);
    }

    public static MappedOperator Squeeze(OperatorSource source)
    {
        source.Options(type: 30, fields: 1);
        RequireSameElements(source);
        return source.Map((inputs, outputs) => new Squeeze(inputs[0], outputs[0]), 0);
    }

    public static MappedOperator ExpandDims(OperatorSource source)
    {
        source.Options(type: 52, fields: 0);
        RequireSameElements(source);
        return source.Map((inputs, outputs) => new ExpandDims(inputs[0], outputs[0]), 0);
    }

    public static MappedOperator Transpose(OperatorSource source)
    {
        ImmutableArray<int> permutation = PermutationOf(source);
        return source.Map((inputs, outputs) => new Transpose(inputs[0], outputs[0], permutation), 0);
    }

    /// <summary>For each dimension of the output that of the input, from 0.</summary>
    public static ImmutableArray<int> PermutationOf(OperatorSource source)
    {
        source.Options(type: 26, fields: 0);
        int rank = source.InputTensor(0).Shape.Length;
        ImmutableArray<int> permutation = [
            .. source.Integers(1, "the permutation", rank).Select(a => OperatorContext.Axis(a, rank))];
        return permutation.Distinct().Count() != rank
            ? throw new UnsupportedException(
                $"its permutation [{string.Join(",", permutation.Select(n => Invariant($"{n}")))}] has a "
                    + "dimension twice")
            : permutation;
    }

    private static void RequireSameElements(OperatorSource source)
    {
        int? elements = source.InputTensor(0).ElementCount;
        if (elements is null || elements != source.OutputTensor(0).ElementCount)
        {
            throw new UnsupportedException(
                $"it gives {source.InputTensor(0).TypeAndShape} the shape of {source.OutputTensor(0).TypeAndShape}, "
                + "which has not as many elements");
        }
    }
}
