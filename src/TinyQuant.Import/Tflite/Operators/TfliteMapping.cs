using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>The operators of TensorFlow Lite.</summary>
/// <param name="subgraph">Imports a subgraph that an operator runs, by its index in the file.</param>
internal sealed class TfliteMapping(Func<TfliteOperator, int, Graph> subgraph) : IOperatorMapping
{
    /// <summary>Where no subgraph can be run: to learn what shapes an operator gives.</summary>
    public static TfliteMapping WithoutSubgraphs { get; } = new((_, _) => throw new UnsupportedException(
        "it runs a subgraph, whose shapes are those of the file"));

    public OperatorContext ContextOf(SourceOperator op, SourceModel model, IntegerValues integers) =>
        new OperatorSource((TfliteOperator)op, model, integers, subgraph);

    public MappedOperator Map(OperatorContext context) => OperatorMappings.Map((OperatorSource)context);

    public Func<IntegerTensor>? FoldOf(OperatorContext context) => IntegerFolds.Of((OperatorSource)context);

    public bool IsDequantize(SourceOperator op) => ((TfliteOperator)op).Code == BuiltinOperator.DEQUANTIZE;
}
