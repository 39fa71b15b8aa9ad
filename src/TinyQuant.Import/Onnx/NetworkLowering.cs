using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Operators;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx;

/// <summary>Networks to graphs: each node is mapped, and goes on after an error, so that all are found.</summary>
internal static class NetworkLowering
{
    /// <summary>The graph; null where there are errors.</summary>
    /// <param name="network">The network, which is used up.</param>
    /// <param name="options">How its ends lie, and its name.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <param name="errors">What is wrong.</param>
    public static Graph? Lower(Network network, ImportOptions options, long fileLength, ErrorCollection errors)
    {
        var writer = new GraphWriter(fileLength);
        var ends = new ModelEnds(network, options, writer);
        foreach (string error in ends.Errors())
        {
            errors.Add(error);
        }

        try
        {
            ImmutableArray<Tensor> inputs = ends.Inputs();
            var wrong = new HashSet<Value>();
            foreach (Node node in network.Nodes)
            {
                Write(network, node, writer, wrong, errors);
            }

            if (errors.IsEmpty)
            {
                ImmutableArray<Tensor> outputs = ends.Outputs(inputs);
                return UsedTensors.Keep(new Graph
                {
                    Name = Name(network, options),
                    Notes = [.. network.Notes],
                    Rounding = options.Rounding,
                    Tensors = writer.Tensors,
                    Inputs = inputs,
                    Outputs = outputs,
                    Operators = writer.Operators,
                });
            }
        }
        catch (UnsupportedException e)
        {
            errors.Add(e.Message);
        }

        return null;
    }

    private static void Write(
        Network network, Node node, GraphWriter writer, HashSet<Value> wrong, ErrorCollection errors)
    {
        if (!node.Inputs.OfType<Value>().Any(wrong.Contains))
        {
            try
            {
                OnnxMappings.Of(node).Map(network, node, writer);
                return;
            }
            catch (UnsupportedException e)
            {
                errors.Add(node.Error(e.Message));
            }
        }

        // What follows from this is not told again.
        wrong.UnionWith(node.Outputs.OfType<Value>());
    }

    private static string Name(Network network, ImportOptions options) =>
        options.Name ?? (network.Name.Length is > 0 and <= ModelLimits.NameLength ? network.Name : options.DefaultName);
}
