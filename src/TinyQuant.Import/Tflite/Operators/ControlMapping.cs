using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>IF and WHILE, which run other subgraphs of the file.</summary>
internal static class ControlMapping
{
    public static MappedOperator If(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 92, fields: 2);
        Graph then = source.Subgraph(options.Int32(0)), otherwise = source.Subgraph(options.Int32(1));
        return source.MapTensors((x, y) => new If(x, y, then, otherwise), source.Inputs);
    }

    public static MappedOperator While(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 93, fields: 2);
        Graph condition = source.Subgraph(options.Int32(0)), body = source.Subgraph(options.Int32(1));
        return source.MapTensors((x, y) => new While(x, y, condition, body), source.Inputs);
    }
}
