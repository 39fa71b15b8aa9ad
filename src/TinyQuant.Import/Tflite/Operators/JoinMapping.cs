using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>Several tensors to one: CONCATENATION along a dimension, PACK along a new one.</summary>
internal static class JoinMapping
{
    public static int AxisOfConcatenation(OperatorSource source) =>
        OperatorContext.Axis(ConcatenationOptions(source).Int32(0), source.OutputTensor(0).Shape.Length);

    public static Activation ActivationOfConcatenation(OperatorSource source) =>
        ConcatenationOptions(source).Activation(1);

    public static MappedOperator Concatenation(OperatorSource source)
    {
        int axis = AxisOfConcatenation(source);
        Activation activation = ActivationOfConcatenation(source);
        return source.MapTensors(
            (inputs, outputs) => new Concatenation(inputs, outputs[0], axis, activation), source.Inputs);
    }

    public static int AxisOfPack(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 59, fields: 2);
        return options.Int32(0) != source.InputCount
            ? throw new UnsupportedException(Invariant($"it packs {options.Int32(0)} tensors of {source.InputCount}"))
            : OperatorContext.Axis(options.Int32(1), source.OutputTensor(0).Shape.Length);
    }

    public static MappedOperator Pack(OperatorSource source)
    {
        int axis = AxisOfPack(source);
        return source.MapTensors((inputs, outputs) => new Pack(inputs, outputs[0], axis), source.Inputs);
    }

    private static OperatorOptions ConcatenationOptions(OperatorSource source) => source.Options(type: 10, fields: 2);
}
