using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>Operators of two tensors, element by element, and sums of more.</summary>
internal static class ElementwiseMapping
{
    public static Activation ActivationOfAdd(OperatorSource source) =>
        source.Options(type: 11, fields: 2).Activation(0);

    public static Activation ActivationOfSub(OperatorSource source) =>
        source.Options(type: 28, fields: 2).Activation(0);

    public static Activation ActivationOfDiv(OperatorSource source) =>
        source.Options(type: 29, fields: 1).Activation(0);

    public static Activation ActivationOfMul(OperatorSource source) =>
        source.Options(type: 21, fields: 1).Activation(0);

    /// <summary>MAXIMUM and MINIMUM have none.</summary>
    public static Activation ActivationOfExtremum(OperatorSource source)
    {
        source.Options(type: 39, fields: 0);
        return Activation.None;
    }

    /// <summary>Operators of two tensors that have no options.</summary>
    /// <param name="make">Calls the constructor.</param>
    /// <param name="options">Its empty table of options, a number of the union.</param>
    public static Func<OperatorSource, MappedOperator> Of<TOperator>(
        Func<ImmutableArray<Tensor>, Tensor, TOperator> make, int options)
        where TOperator : Operator => source =>
    {
        source.Options(options, fields: 0);
        return source.Map((inputs, outputs) => make(inputs, outputs[0]), 0, 1);
    };

    public static MappedOperator Div(OperatorSource source)
    {
        Activation activation = ActivationOfDiv(source);
        return source.Map((inputs, outputs) => new Div(inputs, outputs[0], activation), 0, 1);
    }

    public static MappedOperator Select(OperatorSource source)
    {
        source.Options(type: 98, fields: 0);
        return source.Map((inputs, outputs) => new SelectV2(inputs, outputs[0]), 0, 1, 2);
    }

    public static MappedOperator AddN(OperatorSource source)
    {
        source.Options(type: 82, fields: 0);
        return source.MapTensors((inputs, outputs) => new AddN(inputs, outputs[0]), source.Inputs);
    }

    public static MappedOperator Add(OperatorSource source)
    {
        Activation activation = ActivationOfAdd(source);
        return source.Map((inputs, outputs) => new Add(inputs, outputs[0], activation), 0, 1);
    }

    public static MappedOperator Sub(OperatorSource source)
    {
        Activation activation = ActivationOfSub(source);
        return source.Map(
            (inputs, outputs) => new Sub(inputs, outputs[0], activation, isLegacy: source.IsLegacy), 0, 1);
    }

    public static MappedOperator Mul(OperatorSource source)
    {
        Activation activation = ActivationOfMul(source);
        return source.Map(
            (inputs, outputs) => new Mul(inputs, outputs[0], activation, isLegacy: source.IsLegacy), 0, 1);
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
