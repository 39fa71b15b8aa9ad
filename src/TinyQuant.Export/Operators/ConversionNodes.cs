using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>
/// QUANTIZE and DEQUANTIZE: reals to codes, codes to reals, and codes of one scale to those of another.
/// </summary>
internal static class ConversionNodes
{
    public static void Add(OnnxGraph graph, UnaryOperator op) => graph.Store(op.Output, graph.Real(op.Input));
}
