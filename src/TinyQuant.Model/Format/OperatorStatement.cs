using System.Collections.Immutable;

namespace TinyQuant.Model.Format;

/// <summary>An <c>op</c> statement whose tensors are known: what an operator is made of, and where its errors go.</summary>
internal sealed class OperatorStatement
{
    private readonly Action<ModelErrorKind, string> _fail;

    public OperatorStatement(
        string kind, ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, OperatorAttributes attributes, int line,
        Action<ModelErrorKind, string> fail)
    {
        Kind = kind;
        Inputs = inputs;
        Outputs = outputs;
        Attributes = attributes;
        Line = line;
        _fail = fail;
    }

    public string Kind { get; }

    public ImmutableArray<Tensor> Inputs { get; }

    public ImmutableArray<Tensor> Outputs { get; }

    public OperatorAttributes Attributes { get; }

    /// <summary>The line of the model file, from 0; -1 where there is none.</summary>
    public int Line { get; }

    /// <summary>Whether there are as many inputs and outputs as the operator takes; reports it where not.</summary>
    public bool HasCounts(int minInputs, int maxInputs, int outputs) => HasCounts(minInputs, maxInputs, outputs, outputs);

    /// <summary>The same for an operator with a varying number of outputs.</summary>
    public bool HasCounts(int minInputs, int maxInputs, int minOutputs, int maxOutputs)
    {
        if (Inputs.Length >= minInputs && Inputs.Length <= maxInputs && Outputs.Length >= minOutputs && Outputs.Length <= maxOutputs)
        {
            return true;
        }
        _fail(ModelErrorKind.Malformed, $"{Kind} has {Inputs.Length} inputs and {Outputs.Length} outputs; "
            + $"expected {Expected(minInputs, maxInputs)} and {Expected(minOutputs, maxOutputs)}");
        return false;
    }

    private static string Expected(int min, int max) =>
        min == max ? Invariant($"{min}") : max == int.MaxValue ? Invariant($"{min} or more") : Invariant($"{min} to {max}");
}
