namespace TinyQuant.Import.Operators;

/// <summary>Several tensors to one: CONCATENATION along a dimension, PACK along a new one.</summary>
internal static class JoinMapping
{
    public static MappedOperator Concatenation(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 10, fields: 2);
        return source.Map("Concatenation", source.Inputs, new AttributeList
        {
            { "axis", OperatorSource.Axis(options.Int32(0), source.OutputTensor(0).Shape.Length) },
            { "activation", options.Activation(1) },
        });
    }

    public static MappedOperator Pack(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 59, fields: 2);
        return options.Int32(0) != source.InputCount
            ? throw new UnsupportedException(Invariant($"it packs {options.Int32(0)} tensors of {source.InputCount}"))
            : source.Map("Pack", source.Inputs, new AttributeList { { "axis", OperatorSource.Axis(options.Int32(1), source.OutputTensor(0).Shape.Length) } });
    }
}
