using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's CAST: numbers of one type as those of another. Codes are numbers here, whatever their scale.
/// </summary>
/// <param name="input">float32, int8, int16, int32, uint32 or bool.</param>
/// <param name="output">float32, int8, int16, int32 or uint32; the input's shape.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Cast(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    private static readonly TensorType[] s_numbers =
        [TensorType.Float32, TensorType.Int8, TensorType.Int16, TensorType.Int32, TensorType.UInt32];

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Cast(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs =>
        Input.Type == Output.Type ? ImmutableArray.Create(0) : ImmutableArray<int>.Empty;

    /// <inheritdoc/>
    public override bool IsAlias => Input.Type == Output.Type;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        Checks.SameType([.. s_numbers, TensorType.Bool], Input)
        .Concat(Checks.SameType(s_numbers, Output))
        .Concat(Checks.Shape(Output, [.. Input.Shape.Select(d => (long)d)]));
}
