using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>Activations that the operator before them applies.</summary>
internal static class Fusion
{
    /// <summary>
    /// The activation that alone reads what a node computes, which then is no operator of its own: its output becomes
    /// the node's.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="node">The node, of one output.</param>
    public static Activation Take(Network network, Node node)
    {
        if (node.Output.Type != OnnxType.Float32 || node.Output.OnlyReader is not { } reader
            || reader.Domain.Length > 0 || Of(reader) is not { } activation)
        {
            return Activation.None;
        }

        Value result = reader.Output;
        network.Remove(reader);
        node.SetOutputs([result]);
        return activation;
    }

    /// <summary>The activation that a node is; null where it is none.</summary>
    public static Activation? Of(Node node) => node.Operator switch
    {
        "Relu" => Activation.Relu,
        "Clip" => Bounds(node) switch
        {
            (0, float.PositiveInfinity) => Activation.Relu,
            (0, 6) => Activation.Relu6,
            (-1, 1) => Activation.ReluN1To1,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The bounds of a Clip; null where they are not known before the model runs.</summary>
    public static (float Least, float Most)? Bounds(Node clip) =>
        clip.Input(1) is { IsConstant: false } || clip.Input(2) is { IsConstant: false }
            ? null
            : (Bound(clip.Input(1), float.NegativeInfinity), Bound(clip.Input(2), float.PositiveInfinity));

    private static float Bound(Value? value, float missing) =>
        value is null ? missing : value.Constant!.SingleFloat ?? value.Constant.SingleInteger ?? missing;
}
