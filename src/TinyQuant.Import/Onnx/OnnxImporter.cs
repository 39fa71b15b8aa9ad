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
