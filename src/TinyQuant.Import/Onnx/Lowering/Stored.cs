using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>Where a value is in the graph.</summary>
/// <param name="Tensor">The tensor, whose dimensions may be any view of the memory.</param>
/// <param name="Order">How the value's elements lie in it.</param>
internal sealed record Stored(Tensor Tensor, AxisOrder Order);
