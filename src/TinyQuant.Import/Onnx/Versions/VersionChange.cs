using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Changes a node of an older version, or puts others in its place; a node of the newest stays.</summary>
/// <exception cref="UnsupportedException">What it does cannot be said in the newest form.</exception>
internal delegate void Upgrading(Network network, Node node);

/// <summary>An operator whose form changed, and how it is brought to the newest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Upgrade">What does so.</param>
internal sealed record VersionChange(string Name, Upgrading Upgrade)
{
    /// <summary>Whose it is.</summary>
    public string Domain { get; init; } = Domains.Onnx;
}
