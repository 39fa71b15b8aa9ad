using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>What is known of an operator in its newest form.</summary>
/// <param name="Name">Its name.</param>
internal sealed record OperatorRule(string Name)
{
    private const int AnyNumber = Limits.Operands;

    /// <summary>Whose it is.</summary>
    public string Domain { get; init; } = Domains.Onnx;

    /// <summary>Inputs that must be there.</summary>
    public int LeastInputs { get; init; } = 1;

    /// <summary>Inputs, with optional ones.</summary>
    public int MostInputs { get; init; } = AnyNumber;

    /// <summary>Outputs, with those that nobody needs to want.</summary>
    public int MostOutputs { get; init; } = 1;

    /// <summary>All attributes that it may have.</summary>
    public string[] Attributes { get; init; } = [];

    /// <summary>
    /// Says types and shapes of its outputs, whose inputs have some; an <see cref="UnsupportedException"/> where it
    /// makes no sense.
    /// </summary>
    public required Action<Node> Infer { get; init; }

    /// <summary>
    /// Computes its outputs, all of whose inputs are constants; null where it is not evaluated while importing, as is
    /// what it returns where it does not evaluate some. It is asked behind <see cref="Infer"/>.
    /// </summary>
    public Func<Node, Constant[]?>? Fold { get; init; }

    /// <summary>Whether <see cref="Fold"/> copies no elements, so that there is nothing to count.</summary>
    public bool IsView { get; init; }

    /// <summary>Whether <see cref="Fold"/> needs shapes alone, and no constants.</summary>
    public bool FoldsShapes { get; init; }
}
