using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// What an operator is made of, declared once in its class: from it follow how it is read and written,
/// <see cref="Operator.With"/>, and its row in the documentation.
/// </summary>
internal sealed class OperatorSchema
{
    private readonly Func<OperatorParts, Operator> _make;

    private OperatorSchema(
        Type type, OperandCount inputs, OperandCount outputs, Func<OperatorParts, Operator> make,
        OperatorAttribute[] attributes)
    {
        Type = type;
        Inputs = inputs;
        Outputs = outputs;
        Attributes = attributes;
        _make = make;
    }

    /// <summary>The operator's class.</summary>
    public Type Type { get; }

    /// <summary>The name in a model file.</summary>
    public string Kind => Type.Name;

    /// <summary>How many tensors it reads.</summary>
    public OperandCount Inputs { get; }

    /// <summary>How many tensors it writes.</summary>
    public OperandCount Outputs { get; }

    /// <summary>What it has besides its tensors, in the order of a model file.</summary>
    public IReadOnlyList<OperatorAttribute> Attributes { get; }

    /// <summary>Declares an operator.</summary>
    /// <param name="inputs">How many tensors it reads.</param>
    /// <param name="outputs">How many tensors it writes.</param>
    /// <param name="make">Calls the constructor.</param>
    /// <param name="attributes">What <paramref name="make"/> asks its parts for, in the order of a model file.</param>
    public static OperatorSchema Of<TOperator>(
        OperandCount inputs, OperandCount outputs, Func<OperatorParts, TOperator> make,
        params OperatorAttribute[] attributes)
        where TOperator : Operator => new(typeof(TOperator), inputs, outputs, make, attributes);

    /// <summary>
    /// Makes an operator of a statement; reports what is wrong, and returns null where the operands are too few or too
    /// many.
    /// </summary>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">What it writes.</param>
    /// <param name="words">The attributes in the file, which are all taken.</param>
    /// <param name="line">The line of the model file.</param>
    /// <param name="fail">Told what is wrong with the operands.</param>
    public Operator? Read(
        ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, AttributeReader words, int line,
        Action<ModelErrorKind, string> fail)
    {
        if (CountError(inputs.Length, outputs.Length) is { } error)
        {
            fail(ModelErrorKind.Malformed, error);
            return null;
        }

        Operator made = _make(new OperatorParts(inputs, outputs, words, line));
        words.RejectUnread();
        return made;
    }

    /// <summary>An operator with the attributes and the line of another one of this kind.</summary>
    /// <exception cref="ArgumentException">Too few or too many operands.</exception>
    public Operator With(Operator op, ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs) =>
        CountError(inputs.Length, outputs.Length) is { } error
            ? throw new ArgumentException(error + ".")
            : _make(new OperatorParts(inputs, outputs, op));

    /// <summary>What is wrong with a number of operands; null where nothing is.</summary>
    public string? CountError(int inputs, int outputs) => Inputs.Allows(inputs) && Outputs.Allows(outputs)
        ? null
        : Invariant($"{Kind} has {inputs} inputs and {outputs} outputs; expected {Inputs} and {Outputs}");
}
