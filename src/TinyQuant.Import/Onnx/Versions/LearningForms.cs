using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>What classical models have around their numbers.</summary>
internal static class LearningForms
{
    public static IEnumerable<VersionChange> All =>
    [
        new("ZipMap", Names) { Domain = Domains.Learning },
    ];

    /// <summary>A map from the names of classes to scores is the scores, in the order of the names.</summary>
    private static void Names(Network network, Node node)
    {
        string name = Places.Shown(node.Output.Name);
        network.Notes.Add($"'{name}' names scores by classes in the file and is the scores here");
        network.Replace(node.Output, node.Required(0));
        network.Remove(node);
    }
}
