using System.Collections.Immutable;
using TinyQuant.Import.Checks;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Decoding;

/// <summary>
/// TFLM_DECODE: compressed constants, which are decoded while importing, so that behind this they are constants like
/// any others.
/// </summary>
internal static class DecodedConstants
{
    public const string Name = "TFLM_DECODE";

    private const int TimesBudget = 4; // an element may take one bit

    /// <summary>The model without those of the operators that can be decoded.</summary>
    /// <exception cref="MalformedFileException">The file asks for more than it holds.</exception>
    public static SourceModel Resolve(SourceModel model, Budget budget)
    {
        SourceOperator[] decodes = [.. model.Operators.Where(IsDecode)];
        if (decodes.Length == 0)
        {
            return model;
        }

        ImmutableArray<SourceTensor>.Builder tensors = model.Tensors.ToBuilder();
        HashSet<SourceOperator> done = new(ReferenceEqualityComparer.Instance);
        foreach (SourceOperator op in decodes)
        {
            try
            {
                foreach ((int output, byte[] data) in Decode(op, model, budget))
                {
                    tensors[output] = tensors[output] with { Buffer = new SourceBuffer(data, IsOutside: false) };
                }

                done.Add(op);
            }
            catch (UnsupportedException)
            {
                // It stays an operator, whose mapping says what is wrong.
            }
        }

        return model with
        {
            Tensors = tensors.ToImmutable(),
            Operators = [.. model.Operators.Where(o => !done.Contains(o))],
        };
    }

    /// <summary>The outputs of an operator, decoded: inputs stand in pairs, one for each.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="model">Its model.</param>
    /// <param name="budget">Charged with what is decoded; null where that has been done.</param>
    /// <exception cref="UnsupportedException">They cannot be.</exception>
    public static List<(int Output, byte[] Data)> Decode(SourceOperator op, SourceModel model, Budget? budget)
    {
        if (op.Inputs.Length != 2 * op.Outputs.Length)
        {
            throw new UnsupportedException(
                $"it has {op.Inputs.Length} inputs and {op.Outputs.Length} outputs; expected two for each output");
        }

        var decoded = new List<(int, byte[])>();
        for (int i = 0; i < op.Outputs.Length; i++)
        {
            SourceTensor output = model.Tensors[op.Outputs[i]];
            if (!HasType(output.Type) || output.IsConstant || output.IsVariable
                || TensorChecks.ShapeError(output) is not null)
            {
                throw new UnsupportedException(
                    $"its output is {output.TypeAndShape}; expected bool, float32, int8, int16, int32 or int64");
            }

            var tensor = new CompressedTensor(
                Constant(op.Inputs[2 * i], model), Constant(op.Inputs[(2 * i) + 1], model), output);
            budget?.Charge((long)tensor.Elements * tensor.ElementBytes / TimesBudget);
            decoded.Add((op.Outputs[i], tensor.Decode()));
        }

        return decoded;
    }

    private static bool IsDecode(SourceOperator op) =>
        op is TfliteOperator { Code: BuiltinOperator.CUSTOM, Name: Name };

    private static bool HasType(SourceType type) => type is SourceType.Bool or SourceType.Float32 or SourceType.Int8
        or SourceType.Int16 or SourceType.Int32 or SourceType.Int64;

    private static ReadOnlyMemory<byte> Constant(int index, SourceModel model) =>
        index != SourceOperator.Missing && model.Tensors[index] is { IsConstant: true, Buffer.IsOutside: false } tensor
            ? tensor.Buffer.Data
            : throw new UnsupportedException("what it decodes is no constant");
}
