using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>The operators of TensorFlow Lite.</summary>
internal sealed class TfliteMapping : IOperatorMapping
{
    public static readonly TfliteMapping Instance = new();

    public OperatorContext ContextOf(SourceOperator op, SourceModel model, IntegerValues integers) =>
        new OperatorSource((TfliteOperator)op, model, integers);

    public MappedOperator Map(OperatorContext context) => OperatorMappings.Map((OperatorSource)context);

    public Func<IntegerTensor>? FoldOf(OperatorContext context) => IntegerFolds.Of((OperatorSource)context);

    public bool IsDequantize(SourceOperator op) => ((TfliteOperator)op).Code == BuiltinOperator.DEQUANTIZE;
}
