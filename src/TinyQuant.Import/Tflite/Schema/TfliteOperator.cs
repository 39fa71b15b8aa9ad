using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;

namespace TinyQuant.Import.Tflite.Schema;

/// <summary>
/// An operator of a TensorFlow Lite file. Its name is that of the operator's code, or the custom code.
/// </summary>
internal sealed record TfliteOperator : SourceOperator
{
    public required BuiltinOperator Code { get; init; }

    /// <summary>Which table the options are, a number of the union <c>BuiltinOptions</c>; 0 for none.</summary>
    public required int OptionsType { get; init; }

    public required FlatTable Options { get; init; }

    /// <summary>
    /// Whether it is a QUANTIZE that the file does not have: what CONCATENATION of uint8 does to an input of another
    /// scale.
    /// </summary>
    public bool IsRescaling { get; init; }

    /// <summary>
    /// Of an operator that runs subgraphs, for each of their inputs: the number of the resource variable that it is the
    /// handle of, -1 for none. Empty where none is.
    /// </summary>
    public ImmutableArray<int> Handles { get; init; } = [];

    /// <summary>What a custom operator has instead, mostly a FlexBuffer.</summary>
    public required ReadOnlyMemory<byte> CustomOptions { get; init; }
}
