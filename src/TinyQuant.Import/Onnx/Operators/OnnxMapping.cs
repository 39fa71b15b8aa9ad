using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Writes the operators of a node.</summary>
/// <param name="network">The network, of which a mapping may take nodes that it writes as well.</param>
/// <param name="node">The node.</param>
/// <param name="writer">Where its inputs are, and its outputs are to be.</param>
internal delegate void Map(Network network, Node node, GraphWriter writer);

/// <summary>How an operator of ONNX becomes operators of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Map">Writes them.</param>
/// <param name="Domain">Whose it is; empty for ONNX's own.</param>
internal sealed record OnnxMapping(string Name, Map Map, string Domain = "");
