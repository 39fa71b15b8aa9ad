using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>FULLY_CONNECTED. Whether it keeps its dimensions shows in the output's shape.</summary>
internal static class FullyConnectedMapping
{
    public static MappedOperator Map(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 8, fields: 5);
        if (options.UInt8(1) != 0)
        {
            throw new UnsupportedException("its weights are shuffled (SHUFFLED4x16INT8); expected the default format");
        }

        bool isHybrid = source.InputTensor(0).Type == SourceType.Float32
            && source.InputTensor(1).Type == SourceType.Int8;
        bool isSymmetric = isHybrid && !options.Flag(3);
        Biases.RequireAccumulatorScale(source, input: 0, weights: 1, bias: 2);
        Activation activation = options.Activation(0);
        bool narrowSums = AccumulatorTypes.HasNarrowSums(source, (TfliteType)options.UInt8(4), bias: 2);
        return source.MapTensors(
            (inputs, outputs) => new FullyConnected(
                inputs, outputs[0], activation, narrowSums: narrowSums, symmetricInputs: isSymmetric),
            source.WithOptional(2, 0, 1));
    }
}
