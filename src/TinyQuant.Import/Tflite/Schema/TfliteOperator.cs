using System.Collections.Immutable;
using TinyQuant.Import.FlatBuffers;

namespace TinyQuant.Import.Schema;

/// <summary>An operator as the file has it. Its tensor indexes are known to be of tensors.</summary>
internal sealed record TfliteOperator
{
    /// <summary>An optional input that is not there.</summary>
    public const int Missing = -1;

    public required int Index { get; init; }

    public required BuiltinOperator Code { get; init; }

    /// <summary>Its name in TensorFlow Lite, or the custom code.</summary>
    public required string Name { get; init; }

    public required ImmutableArray<int> Inputs { get; init; }

    public required ImmutableArray<int> Outputs { get; init; }

    /// <summary>Which table the options are, a number of the union <c>BuiltinOptions</c>; 0 for none.</summary>
    public required int OptionsType { get; init; }

    public required FlatTable Options { get; init; }
}
