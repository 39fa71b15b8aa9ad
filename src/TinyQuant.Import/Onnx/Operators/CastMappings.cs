using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Elements of another type.</summary>
internal static class CastMappings
{
    public static IEnumerable<OnnxMapping> All => [new("Cast", Cast), new("CastLike", Cast)];

    private static void Cast(Network network, Node node, GraphWriter writer)
    {
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
}
