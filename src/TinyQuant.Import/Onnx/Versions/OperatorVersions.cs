using System.Collections.Frozen;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>
/// Brings nodes to the newest form of their operators, so that everything behind sees one form of each.
/// </summary>
internal static class OperatorVersions
{
    private static readonly FrozenDictionary<(string Domain, string Name), Upgrading> s_upgrades =
        new[]
        {
            AxisVersions.All, FusedForms.All, ImageVersions.All, LastChannels.All, LearningForms.All,
            MicrosoftForms.All, NormalizationVersions.All, OperandVersions.All,
        }
        .SelectMany(family => family).ToFrozenDictionary(u => (u.Domain, u.Name), u => u.Upgrade);

    /// <summary>
    /// Brings a node to its newest form: itself, with other operands and attributes, or other nodes in its place.
    /// Its inputs have their types and shapes.
    /// </summary>
    /// <returns>Whether it was taken out, for nodes that are before it or nothing.</returns>
    /// <exception cref="UnsupportedException">Its form has no newest one.</exception>
    public static bool Upgrade(Network network, Node node)
    {
        if (!s_upgrades.TryGetValue((node.Domain, node.Operator), out Upgrading? upgrade))
        {
            node.Version = Network.NewestVersion;
            return false;
        }

        upgrade(network, node);
        node.Version = Network.NewestVersion;
        return node.Network is null;
    }
}
