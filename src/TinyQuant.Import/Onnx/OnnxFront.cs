using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Onnx.Versions;

namespace TinyQuant.Import.Onnx;

/// <summary>
/// Files to networks in which every shape is numbers, every operator is in its newest form, and all that is constant is
/// evaluated.
/// </summary>
internal static class OnnxFront
{
    /// <summary>Reads a file. It never throws, whatever the bytes.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="options">What it does not say.</param>
    /// <param name="budget">What its objects may take.</param>
    /// <param name="errors">What is wrong.</param>
    /// <returns>The network; null where there are errors.</returns>
    public static Network? Read(
        ReadOnlyMemory<byte> file, ImportOptions options, Budget budget, ErrorCollection errors)
    {
        try
        {
            OnnxModel model = OnnxReader.Read(file, budget, options.ExternalData);
            return OperatorSets.Check(model, errors)
                && NetworkBuilder.Build(model, options.Outputs, errors) is { } network
                && InputBinding.Bind(network, model.Graph.Inputs, options, errors)
                && NetworkInference.Run(network, !options.Outputs.IsDefaultOrEmpty, errors)
                ? network
                : null;
        }
        catch (MalformedFileException e)
        {
            errors.Add($"this is not an ONNX model: {e.Message}");
        }
        catch (UnsupportedException e)
        {
            errors.Add(e.Message);
        }

        return null;
    }
}
