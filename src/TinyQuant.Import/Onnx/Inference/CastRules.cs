using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Elements as another type.</summary>
internal static class CastRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Cast")
        {
            MostInputs = 1,
            Attributes = ["to", "saturate", "round_mode"],
            Infer = node => Infer(node, (OnnxType)node.Attributes.Int32("to", 0)),
            Fold = node => [To(node.Required(0).Constant!, (OnnxType)node.Attributes.Int32("to", 0))],
        },
        new("CastLike")
        {
            LeastInputs = 2,
            MostInputs = 2,
            Attributes = ["saturate", "round_mode"],
            Infer = node => Infer(node, node.Required(1).Type),
            Fold = node => [To(node.Required(0).Constant!, node.Required(1).Type)],
        },
    ];

    /// <summary>The elements as another type: reals are cut off to integers, and what is not zero is true.</summary>
    public static Constant To(Constant x, OnnxType type)
    {
        if (x.Type == type)
        {
            return x;
        }

        if (type.IsReal())
        {
            return Computed.Reals(type, x.Shape, x.Doubles.ToArray());
        }

        (long least, long most) = type.Range();
        ImmutableArray<int> shape = x.Shape;
        return x.Type.IsReal()
            ? new Constant(type, shape, Array.ConvertAll(x.Doubles.ToArray(), v => type == OnnxType.Bool
                ? v != 0 ? 1L : 0
                : double.IsNaN(v) ? 0 : Math.Clamp((long)v, least, most)))
            : new Constant(type, shape, Array.ConvertAll(x.Integers.ToArray(), v => type == OnnxType.Bool
                ? v != 0 ? 1L : 0
                : Wrapped(v, type)));
    }

    private static void Infer(Node node, OnnxType type)
    {
        Inferring.Require(type.Bits() > 0, $"it makes {type.Word()}, which is not supported");
        Inferring.Require(node.Required(0).Type.Bits() > 0,
            $"it reads {node.Required(0).Type.Word()}, which is not supported");
        node.Set(0, type, node.Required(0).Shape);
    }

    /// <summary>The lower bits of an integer, as all converters have them.</summary>
    private static long Wrapped(long value, OnnxType type)
    {
        int dropped = 64 - type.Bits();
        return type.Range().Least < 0 ? value << dropped >> dropped : (long)((ulong)value << dropped >> dropped);
    }
}
