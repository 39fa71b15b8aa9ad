using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>PAD with zeros, PADV2 with a constant, MIRROR_PAD with what is inside.</summary>
internal static class PaddingMapping
{
    public static MappedOperator Pad(OperatorSource source)
    {
        source.Options(type: 22, fields: 0);
        ImmutableArray<int> paddings = Paddings(source);
        return source.Map((inputs, outputs) => new Pad(inputs[0], outputs[0], paddings), 0);
    }

    public static MappedOperator PadV2(OperatorSource source)
    {
        source.Options(type: 43, fields: 0);
        ImmutableArray<int> paddings = Paddings(source);
        return source.Map((inputs, outputs) => new PadV2(inputs[0], inputs[1], outputs[0], paddings), 0, 2);
    }

    /// <summary>The mode is 0 for REFLECT, 1 for SYMMETRIC.</summary>
    public static MappedOperator MirrorPad(OperatorSource source)
    {
        int mode = source.Options(type: 77, fields: 1).UInt8(0);
        ImmutableArray<int> paddings = Paddings(source);
        return mode > 1
            ? throw new UnsupportedException(Invariant($"mode {mode} is unknown"))
            : source.Map((inputs, outputs) => new MirrorPad(inputs[0], outputs[0], paddings, mode == 1), 0);
    }

    /// <summary>A row for each dimension: before, after.</summary>
    private static ImmutableArray<int> Paddings(OperatorSource source)
    {
        int rank = source.InputTensor(0).Shape.Length;
        ImmutableArray<int> shape = source.Known(1, "the padding").Shape;
        if (shape.Length != 2 || shape[0] != rank || shape[1] != 2)
        {
            throw new UnsupportedException(
                Invariant($"its padding has shape [{string.Join(",", shape.Select(n => Invariant($"{n}")))}]; ")
                    + Invariant($"expected [{rank},2]"));
        }

        int[] paddings = source.Integers(1, "the padding");
        return paddings.Any(p => p < 0)
            ? throw new UnsupportedException("it pads by less than nothing; expected 0 or more")
            : [.. paddings];
    }
}
