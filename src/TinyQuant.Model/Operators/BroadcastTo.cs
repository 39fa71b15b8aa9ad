using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's BROADCAST_TO: a tensor stretched to the output's shape, as in NumPy.</summary>
/// <param name="input">Any shape.</param>
/// <param name="output">As many dimensions or more, each of the size of the input's where that is not 1.</param>
/// <param name="line">The line of the model file.</param>
public sealed class BroadcastTo(Tensor input, Tensor output, int line = -1)
    : Movement(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new BroadcastTo(p.Input, p.Output, p.Line));

    /// <summary>Where nothing is stretched.</summary>
    public override bool IsAlias => Input.ElementCount == Output.ElementCount;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        int more = Output.Shape.Length - Input.Shape.Length;
        if (more < 0 || !Input.Shape.Select((d, i) => d == 1 || d == Output.Shape[more + i]).All(fits => fits))
        {
            yield return $"'{Input.Name}' {Input.ShapeText} cannot be stretched to '{Output.Name}' {Output.ShapeText}";
        }
    }
}
