using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Import.Mapping;

/// <summary>Calls the constructor of an operator.</summary>
/// <param name="inputs">What it reads.</param>
/// <param name="outputs">What it writes.</param>
internal delegate TOperator MakeOperator<out TOperator>(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs)
    where TOperator : Operator;

/// <summary>An operator as a model file has it, over the tensor indexes of the file it came from.</summary>
internal sealed class MappedOperator
{
    private readonly OperatorSchema _schema;
    private readonly MakeOperator<Operator> _make;

    private MappedOperator(
        OperatorSchema schema, MakeOperator<Operator> make, ImmutableArray<int> inputs, ImmutableArray<int> outputs)
    {
        _schema = schema;
        _make = make;
        Inputs = inputs;
        Outputs = outputs;
    }

    public ImmutableArray<int> Inputs { get; }

    public ImmutableArray<int> Outputs { get; }

    /// <summary>Whether it is of a class of operators.</summary>
    public bool Is<TOperator>()
        where TOperator : Operator => typeof(TOperator).IsAssignableFrom(_schema.Type);

    public static MappedOperator Of<TOperator>(
        MakeOperator<TOperator> make, ImmutableArray<int> inputs, ImmutableArray<int> outputs)
        where TOperator : Operator => new(OperatorRegistry.Of<TOperator>(), (i, o) => make(i, o), inputs, outputs);

    /// <summary>The operator over tensors in the places of the indexes.</summary>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">What it writes.</param>
    /// <param name="errors">What is wrong with it; empty where nothing is.</param>
    /// <returns>The operator; null where the file gives it too few or too many tensors.</returns>
    public Operator? Make(
        ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, out IReadOnlyList<string> errors)
    {
        if (_schema.CountError(inputs.Length, outputs.Length) is { } error)
        {
            errors = [error];
            return null;
        }

        Operator made = _make(inputs, outputs);
        errors = [.. GraphValidator.ErrorsOf(made)];
        return made;
    }
}
