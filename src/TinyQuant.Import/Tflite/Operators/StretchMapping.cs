using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>Elements repeated or in reverse: BROADCAST_TO and its shape, BROADCAST_ARGS, and REVERSE_V2.</summary>
internal static class StretchMapping
{
    public static MappedOperator BroadcastTo(OperatorSource source)
    {
        source.Options(type: 104, fields: 0);
        OutputShapes.RequireSame(source, input: 1);
        return source.Map((inputs, outputs) => new BroadcastTo(inputs[0], outputs[0]), 0);
    }

    public static MappedOperator BroadcastArgs(OperatorSource source)
    {
        source.Options(type: 0, fields: 0);
        return source.Map((inputs, outputs) => new BroadcastArgs(inputs[0], inputs[1], outputs[0]), 0, 1);
    }

    public static MappedOperator ReverseV2(OperatorSource source)
    {
        source.Options(type: 81, fields: 0);
        int rank = source.InputTensor(0).Shape.Length;
        ImmutableArray<int> axes = [
            .. source.Integers(1, "the axes").Select(a => OperatorContext.Axis(a, rank)).Distinct().Order()];
        return axes.IsEmpty
            ? throw new UnsupportedException("it reverses along no axis; expected one at least")
            : source.Map((inputs, outputs) => new ReverseV2(inputs[0], outputs[0], axes), 0);
    }
}
