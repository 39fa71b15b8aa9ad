using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>What a mapping asks of one operator of a TensorFlow Lite file.</summary>
internal sealed class OperatorSource(
    TfliteOperator op, SourceModel model, IntegerValues integers, Func<TfliteOperator, int, Graph> subgraph)
    : OperatorContext(op, model, integers)
{
    /// <summary>A subgraph that the operator runs.</summary>
    /// <param name="index">Its index in the file.</param>
    public Graph Subgraph(int index) => subgraph(op, index);

    public BuiltinOperator Code => op.Code;

    /// <summary>Whether it computes as the uint8 kernels of TensorFlow 1 did, all codes less 128.</summary>
    public bool IsLegacy => op.Inputs.Where(i => i != SourceOperator.Missing).Concat(op.Outputs)
        .Any(i => Model.Tensors[i].IsLegacy);

    /// <summary>Whether it stands for what CONCATENATION of uint8 does to an input of another scale.</summary>
    public bool IsRescaling => op.IsRescaling;

    /// <summary>The options of a custom operator.</summary>
    /// <exception cref="UnsupportedException">They are no map of a FlexBuffer, or damaged.</exception>
    public FlexMap CustomOptions => FlexMap.Of(op.CustomOptions.Span);

    /// <summary>Its options.</summary>
    /// <param name="type">Which table they are: a number of the union <c>BuiltinOptions</c>.</param>
    /// <param name="fields">The fields that are known here. One beyond them may change what the operator means.</param>
    public OperatorOptions Options(int type, int fields)
    {
        if (op.OptionsType != 0 && op.OptionsType != type)
        {
            throw new UnsupportedException("its options are those of another operator");
        }

        for (int field = fields; field < op.Options.FieldCount; field++)
        {
            if (op.Options.Has(field))
            {
                throw new UnsupportedException(
                    Invariant($"its option {field} is newer than this importer, which knows {fields}"));
            }
        }

        return new OperatorOptions(op.OptionsType == 0 ? default : op.Options);
    }
}
