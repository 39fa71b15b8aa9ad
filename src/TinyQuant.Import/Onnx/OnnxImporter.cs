using TinyQuant.Import.Onnx;
using TinyQuant.Import.Onnx.Rewriting;
using TinyQuant.Model;

namespace TinyQuant.Import;

/// <summary>ONNX files to graphs.</summary>
public static class OnnxImporter
{
    /// <summary>What files of the format end in.</summary>
    internal const string Extension = ".onnx";

    /// <summary>
    /// Whether bytes begin as such a file does, by the first fields of a <c>ModelProto</c> of <c>onnx.proto</c>:
    /// ir_version (1, a small number), and then the producer's name (2), the graph (7) or the operator sets (8).
    /// </summary>
    internal static bool Recognizes(ReadOnlyMemory<byte> start)
    {
        const byte version = 1 << 3;
        const byte producer = (2 << 3) | 2;
        const byte graph = (7 << 3) | 2;
        const byte operatorSets = (8 << 3) | 2;
        ReadOnlySpan<byte> bytes = start.Span;
        return bytes.Length > 3 && bytes[0] == version && bytes[1] is > 0 and < 128
            && bytes[2] is producer or graph or operatorSets;
    }

    /// <summary>
    /// Reads an <c>.onnx</c> file. It never throws, whatever the bytes, and needs memory in proportion to them: what is
    /// damaged, and what a model file cannot represent, is an error. The same bytes give the same graph.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">Shapes, layout, outputs and files beside it.</param>
    /// <returns>The graph, or all errors.</returns>
    public static ImportResult Import(ReadOnlyMemory<byte> file, ImportOptions? options = null)
    {
        options ??= new ImportOptions();
        var errors = new ErrorCollection();
        if (OnnxFront.Read(file, options, new Budget(file.Length), errors) is { } network)
        {
            BatchNormalizations.Run(network);
            ChannelArithmetic.Run(network);
            if (NetworkLowering.Lower(network, options, file.Length, errors) is { } graph)
            {
                ValidGraph? valid = GraphValidator.TryValidateAround(graph, out IReadOnlyList<ModelError> wrong);
                foreach (ModelError error in wrong)
                {
                    errors.Add(error.Message);
                }

                if (valid is not null && errors.IsEmpty)
                {
                    return ImportResult.Of(valid, null);
                }
            }
        }

        return ImportResult.Of(errors.ToImmutable());
    }
}
