using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Elements of another type.</summary>
internal static class CastMappings
{
    public static IEnumerable<OnnxMapping> All => [new("Cast", Cast), new("CastLike", Cast)];

    private static void Cast(Network network, Node node, GraphWriter writer)
    {
        RequireNoRounding(node);
        Stored x = writer.Find(node.Required(0));
        TensorType type = ElementTypes.Of(node.Output);
        if (type == x.Tensor.Type)
        {
            writer.Store(node.Output, x.Tensor, x.Order);
            return;
        }

        Tensor output = writer.New(node.Output.Name, type, x.Tensor.Shape);
        if (type == TensorType.Bool && x.Tensor.Type == TensorType.Float32)
        {
            writer.Add(new NotEqual([x.Tensor, writer.Number(node.Output.Name, 0)], output));
        }
        else
        {
            writer.Add(new Cast(x.Tensor, output));
        }

        writer.Store(node.Output, output, x.Order);
    }

    /// <summary>Halves are float32 here; of bfloat16 what that leaves standing is too much.</summary>
    private static void RequireNoRounding(Node node)
    {
        OnnxType type = node.Is("CastLike") ? node.Required(1).Type : (OnnxType)node.Attributes.Int32("to", 0);
        if (type == OnnxType.BFloat16)
        {
            throw new UnsupportedException("it rounds to bfloat16; expected float32 or float16");
        }
    }
}
