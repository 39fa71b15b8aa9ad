using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's QUANTIZE: reals to codes, or codes of one scale to codes of another. float32 to int8 or int16;
/// int8 or int16 to int8, int16 or int32; int32 to int8 or int16.
/// </summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
/// <param name="isLegacy">Whether it computes as CONCATENATION of uint8 did in TensorFlow 1.</param>
public sealed class Quantize(Tensor input, Tensor output, int line = -1, bool isLegacy = false)
    : UnaryOperator(input, output, line)
{
    private static readonly OperatorAttribute<bool> s_legacy =
        AttributesOf<Quantize>.Flag("legacy", o => o.IsLegacy);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Quantize(p.Input, p.Output, p.Line, p.Get(s_legacy)), s_legacy);

    /// <summary>
    /// Whether it computes as CONCATENATION of uint8 did in TensorFlow 1 with an input of another scale, all codes less
    /// 128: in float32.
    /// </summary>
    public bool IsLegacy { get; } = isLegacy;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs =>
        Input.Type == Output.Type ? ImmutableArray.Create(0) : ImmutableArray<int>.Empty;

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors()
    {
        bool fits = (Input.Type, Output.Type) switch
        {
            (TensorType.Float32, TensorType.Int8 or TensorType.UInt8 or TensorType.Int16) => true,
            (TensorType.Int8 or TensorType.Int16, TensorType.Int8 or TensorType.Int16 or TensorType.Int32) => true,
            (TensorType.Int32, TensorType.Int8 or TensorType.Int16) => true,
            (TensorType.Int8, TensorType.UInt8) or (TensorType.UInt8, TensorType.Int8) => true,
            _ => false,
        };
        if (!fits)
        {
            yield return $"{Input.Type.ToName()} to {Output.Type.ToName()} is not supported; expected float32 to "
                + "int8, uint8 or int16, "
                + "int8 or int16 to int8, int16 or int32, int32 to int8 or int16, or int8 to uint8 or back";
        }
    }

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.LegacyErrors(IsLegacy, Input)
        .Concat(Checks.LegacyErrors(IsLegacy, Output))
        .Concat(
            from tensor in new[] { Input, Output }
            where tensor.Type == TensorType.Int32 && tensor.Quantization is not { IsPerChannel: false }
            select $"int32 tensor '{tensor.Name}' has no scale, or one for each channel; expected one");
}
