using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// What a constructor of an operator takes: tensors, and attributes from a model file or from another operator.
/// </summary>
internal sealed class OperatorParts
{
    private readonly AttributeReader? _words;
    private readonly Operator? _original;

    /// <summary>Of a statement.</summary>
    public OperatorParts(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, AttributeReader words, int line)
    {
        Inputs = inputs;
        Outputs = outputs;
        Line = line;
        _words = words;
    }

    /// <summary>Of another operator of the same kind, which may have other tensors.</summary>
    public OperatorParts(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, Operator original)
    {
        Inputs = inputs;
        Outputs = outputs;
        Line = original.Line;
        _original = original;
    }

    public ImmutableArray<Tensor> Inputs { get; }

    public ImmutableArray<Tensor> Outputs { get; }

    /// <summary>The first one, which every operator has.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The first one, which every operator has.</summary>
    public Tensor Output => Outputs[0];

    /// <summary>The line of the model file, from 0; -1 where there is none.</summary>
    public int Line { get; }

    /// <summary>The value of an attribute.</summary>
    public T Get<T>(OperatorAttribute<T> attribute) =>
        _original is null ? attribute.Read(_words!) : attribute.Of(_original);
}
