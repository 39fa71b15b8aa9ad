using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's SLICE where the model computes where it begins; the size is that of the output. A beginning from
/// which the slice would not lie in the input is moved to the nearest from which it does.
/// </summary>
/// <param name="input">Any shape.</param>
/// <param name="begin">int32 or int64 [dimensions]: for each, the first index that is taken.</param>
/// <param name="output">As many dimensions, none larger than the input's.</param>
/// <param name="line">The line of the model file.</param>
public sealed class DynamicSlice(Tensor input, Tensor begin, Tensor output, int line = -1)
    : Movement(ImmutableArray.Create(input, begin), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new DynamicSlice(p.Input, p.Inputs[1], p.Output, p.Line));

    /// <summary>For each dimension, the first index that is taken.</summary>
    public Tensor Begin => Inputs[1];

    private protected override IEnumerable<Tensor> Sources => Inputs.Take(1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => WindowErrors(Input, Output, Begin);

    /// <summary>What is wrong with a part of a tensor that begins where another one says.</summary>
    internal static IEnumerable<string> WindowErrors(Tensor whole, Tensor part, Tensor begin)
    {
        if (whole.Shape.IsEmpty || part.Shape.Length != whole.Shape.Length
            || part.Shape.Zip(whole.Shape, (p, w) => p > w).Any(larger => larger))
        {
            yield return $"'{part.Name}' {part.ShapeText} is no part of '{whole.Name}' {whole.ShapeText}; expected as "
                + "many dimensions, one at least, none of them larger";
        }

        foreach (string error in IndexChecks.Type(begin).Concat(Checks.Shape(begin, whole.Shape.Length)))
        {
            yield return error;
        }
    }
}
