using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>Operators of two tensors, element by element: ADD, SUB, MUL, MAXIMUM and MINIMUM.</summary>
internal static class ElementwiseMapping
{
    public static Activation ActivationOfAdd(OperatorSource source) =>
        source.Options(type: 11, fields: 2).Activation(0);

    public static Activation ActivationOfSub(OperatorSource source) =>
        source.Options(type: 28, fields: 2).Activation(0);

    public static Activation ActivationOfMul(OperatorSource source) =>
        source.Options(type: 21, fields: 1).Activation(0);

    /// <summary>MAXIMUM and MINIMUM have none.</summary>
    public static Activation ActivationOfExtremum(OperatorSource source)
    {
        source.Options(type: 39, fields: 0);
        return Activation.None;
    }

    public static MappedOperator Add(OperatorSource source)
    {
        Activation activation = ActivationOfAdd(source);
        return source.Map((inputs, outputs) => new Add(inputs, outputs[0], activation), 0, 1);
    }

    public static MappedOperator Sub(OperatorSource source)
    {
        Activation activation = ActivationOfSub(source);
        return source.Map((inputs, outputs) => new Sub(inputs, outputs[0], activation), 0, 1);
    }

    public static MappedOperator Mul(OperatorSource source)
    {
        Activation activation = ActivationOfMul(source);
        return source.Map((inputs, outputs) => new Mul(inputs, outputs[0], activation), 0, 1);
    }

    public static MappedOperator Maximum(OperatorSource source)
    {
        ActivationOfExtremum(source);
        return source.Map((inputs, outputs) => new Maximum(inputs, outputs[0]), 0, 1);
    }

    public static MappedOperator Minimum(OperatorSource source)
    {
        ActivationOfExtremum(source);
        return source.Map((inputs, outputs) => new Minimum(inputs, outputs[0]), 0, 1);
    }
}
