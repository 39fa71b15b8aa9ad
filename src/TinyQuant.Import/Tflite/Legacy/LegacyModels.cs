using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Legacy;

/// <summary>
/// Models that compute in uint8, as TensorFlow 1 quantized. Behind this they compute in int8: codes and zero points are
/// less 128, which changes no sum, and what the old kernels did otherwise is said by tensors that are marked. Inputs
/// and outputs of the model stay bytes, converted at both ends.
/// </summary>
internal static class LegacyModels
{
    /// <summary>The model in int8; itself where nothing in it computes in uint8.</summary>
    /// <exception cref="MalformedFileException">The file asks for more than it holds.</exception>
    public static SourceModel Resolve(SourceModel model, Budget budget) =>
        model.Operators.Any(op => LegacyOperators.Computes((TfliteOperator)op, model))
            ? new LegacyConversion(model, budget).Convert()
            : model;

    /// <summary>Whether a tensor holds codes of uint8. What is wrong with zero points is said elsewhere.</summary>
    public static bool HasCodes(SourceTensor tensor) =>
        tensor is { Type: SourceType.UInt8, Quantization.Scales.IsEmpty: false }
        && tensor.Quantization.ZeroPoints.All(z => z is >= byte.MinValue and <= byte.MaxValue);

    /// <summary>The tensors that weights of a zero point may be in: those behind the activations.</summary>
    public static ImmutableHashSet<int> Weights(SourceModel model) =>
    [
        .. model.Operators.Cast<TfliteOperator>().Where(LegacyOperators.HasWeights)
            .Where(op => op.Inputs.Length > 1).Select(op => op.Inputs[1]),
    ];
}
