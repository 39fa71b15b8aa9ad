using TinyQuant.Import.Source;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Mapping;

/// <summary>What a format knows of its operators.</summary>
internal interface IOperatorMapping
{
    /// <summary>What mappings of the format ask of an operator.</summary>
    OperatorContext ContextOf(SourceOperator op, SourceModel model, IntegerValues integers);

    /// <summary>The operator in a model file.</summary>
    /// <exception cref="UnsupportedException">A model file cannot say it.</exception>
    MappedOperator Map(OperatorContext context);

    /// <summary>
    /// Computes an operator over integers that are known; null where it is none that does. It throws
    /// <see cref="UnsupportedException"/> where they are not known after all, or make no sense.
    /// </summary>
    Func<IntegerTensor>? FoldOf(OperatorContext context);

    /// <summary>Whether it turns codes into reals, and nothing else.</summary>
    bool IsDequantize(SourceOperator op);
}
