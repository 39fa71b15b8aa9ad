using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// UNIDIRECTIONAL_SEQUENCE_LSTM in Keras's form: four gates (input, forget, cell, output), no peephole, projection or
/// layer normalisation, tanh as its activation.
/// </summary>
internal static class LstmMapping
{
    private const int Gates = 4;
    private const int InputWeights = 1;
    private const int RecurrentWeights = 5;
    private const int Peephole = 9;
    private const int Biases = 12;
    private const int Projection = 16;
    private const int States = 18;
    private const int LayerNormalisation = 20;
    private const byte Tanh = 4;

    public static MappedOperator Map(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 71, fields: 6);
        RejectAny(source, Peephole, 3, "peephole connections");
        RejectAny(source, Projection, 2, "a projection");
        RejectAny(source, LayerNormalisation, Gates, "layer normalisation");
        if (!source.HasInput(InputWeights) || !source.HasInput(RecurrentWeights) || !source.HasInput(Biases))
        {
            throw new UnsupportedException(
                "it couples its input and forget gates (CIFG); expected weights and biases of all four gates");
        }

        if (options.UInt8(0) != Tanh)
        {
            throw new UnsupportedException($"its activation is number {options.UInt8(0)}; expected TANH ({Tanh})");
        }

        if (options.Flag(5))
        {
            throw new UnsupportedException("its recurrent weights are diagonal; expected matrices");
        }

        if (source.InputTensor(0).Type == SourceType.Float32
            && source.InputTensor(InputWeights).Type != SourceType.Float32)
        {
            throw new UnsupportedException(
                "it has float32 activations and quantized weights (dynamic range), which is supported in "
                    + "FULLY_CONNECTED and convolutions only");
        }

        (bool timeMajor, float cellClip) = (options.Flag(3), options.Float32(1));
        return source.Map(
            (inputs, outputs) => new UnidirectionalSequenceLstm(inputs, outputs[0], timeMajor, cellClip),
            [0, .. Range(InputWeights, Gates), .. Range(RecurrentWeights, Gates), .. Range(Biases, Gates),
                .. Range(States, 2)]);
    }

    private static IEnumerable<int> Range(int start, int count) => Enumerable.Range(start, count);

    private static void RejectAny(OperatorSource source, int start, int count, string what)
    {
        if (Range(start, count).Any(source.HasInput))
        {
            throw new UnsupportedException($"it has {what}, which is not supported");
        }
    }
}
