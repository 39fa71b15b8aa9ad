using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.State;

/// <summary>
/// CIRCULAR_BUFFER, whose output is its state in a file, and which counts its runs out of sight. Behind this it has two
/// variable tensors more to read, and an output like any other.
/// </summary>
/// <remarks>The rules are those of TFLM's <c>circular_buffer_common.cc</c>.</remarks>
internal static class CircularBuffers
{
    public const string Name = "CIRCULAR_BUFFER";

    /// <summary>The model with those variable tensors behind its own.</summary>
    public static SourceModel Resolve(SourceModel model)
    {
        if (!model.Operators.Any(IsBuffer))
        {
            return model;
        }

        ImmutableArray<SourceTensor>.Builder tensors = model.Tensors.ToBuilder();
        return model with
        {
            Operators = [.. model.Operators.Select(op => IsBuffer(op) ? Resolve(op, tensors) : op)],
            Tensors = tensors.ToImmutable(),
        };
    }

    /// <summary>
    /// The runs until one goes on behind the buffer: an option, or what the reference guesses from the output's shape.
    /// </summary>
    /// <exception cref="UnsupportedException">The options are damaged.</exception>
    public static int Cycles(SourceOperator op, SourceModel model)
    {
        int guessed = 0; // since the last one that the reference takes for the end of a known network
        foreach (SourceOperator buffer in model.Operators.Where(IsBuffer))
        {
            int cycles = FlexMap.Of(((TfliteOperator)buffer).CustomOptions.Span).Int32("cycles_max", missing: 0);
            if (cycles <= 0)
            {
                guessed++;
                cycles = IsLast(model.Tensors[buffer.Outputs[0]].Shape, guessed) ? 1 : 2;
                guessed = cycles == 1 ? 0 : guessed;
            }

            if (buffer.Index == op.Index)
            {
                return cycles;
            }
        }

        return 1;
    }

    private static bool IsLast(ImmutableArray<int> shape, int guessed) => shape.Length == 4
        && (shape[1] is 5 or 13 or 25 || (guessed == 5 && shape[2] == 2 && shape[3] == 96));

    private static SourceOperator Resolve(SourceOperator op, ImmutableArray<SourceTensor>.Builder tensors)
    {
        SourceTensor output = tensors[op.Outputs[0]] with { IsVariable = false };
        tensors[output.Index] = output;
        int state = tensors.Count;
        tensors.Add(output with { Index = state, Name = output.Name + "_state", IsVariable = true });
        tensors.Add(output with
        {
            Index = state + 1,
            Name = output.Name + "_runs",
            IsVariable = true,
            Type = SourceType.Int32,
            TypeName = "int32",
            Shape = [1],
            Quantization = SourceQuantization.None,
        });
        return op with { Inputs = [op.Inputs[0], state, state + 1] };
    }

    private static bool IsBuffer(SourceOperator op) => op is TfliteOperator
    {
        Code: BuiltinOperator.CUSTOM, Name: Name, Inputs.Length: 1 or 3, Outputs.Length: 1,
    };
}
