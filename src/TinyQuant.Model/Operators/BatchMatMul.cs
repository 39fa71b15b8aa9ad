using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's BATCH_MATMUL: matrix products. Operands [.., rows, depth] and [.., depth, columns], either with
/// its last two dimensions the other way round, of 2 to 5 dimensions; those before the last two are stretched as in
/// NumPy. All float32, all int8, or all int16 with zero points of 0.
/// </summary>
public sealed class BatchMatMul : Operator
{
    private const int MinRank = 2;
    private const int MaxRank = 5;

    private static readonly OperatorAttribute<bool> s_adjX = AttributesOf<BatchMatMul>.Flag("adj_x", o => o.AdjX);

    private static readonly OperatorAttribute<bool> s_adjY = AttributesOf<BatchMatMul>.Flag("adj_y", o => o.AdjY);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new BatchMatMul(p.Inputs[0], p.Inputs[1], p.Output, p.Get(s_adjX), p.Get(s_adjY), p.Line), s_adjX,
        s_adjY);

    /// <summary>Creates the operator.</summary>
    /// <param name="x">[.., rows, depth], or [.., depth, rows] with <paramref name="adjX"/>.</param>
    /// <param name="y">[.., depth, columns], or [.., columns, depth] with <paramref name="adjY"/>.</param>
    /// <param name="output">[.., rows, columns].</param>
    /// <param name="adjX">Whether the last two dimensions of <paramref name="x"/> change places.</param>
    /// <param name="adjY">Whether the last two dimensions of <paramref name="y"/> change places.</param>
    /// <param name="line">The line of the model file.</param>
    public BatchMatMul(Tensor x, Tensor y, Tensor output, bool adjX = false, bool adjY = false, int line = -1)
        : base(ImmutableArray.Create(x, y), ImmutableArray.Create(output), line)
    {
        AdjX = adjX;
        AdjY = adjY;
    }

    /// <summary>Whether the last two dimensions of <see cref="X"/> change places before it is multiplied.</summary>
    public bool AdjX { get; }

    /// <summary>Whether the last two dimensions of <see cref="Y"/> change places before it is multiplied.</summary>
    public bool AdjY { get; }

    /// <summary>The first operand.</summary>
    public Tensor X => Inputs[0];

    /// <summary>The second operand.</summary>
    public Tensor Y => Inputs[1];

    /// <summary>[.., rows, columns].</summary>
    public Tensor Output => Outputs[0];

    /// <summary>Rows of a matrix of <see cref="X"/> and of the output.</summary>
    public int Rows => X.Shape[X.Shape.Length - (AdjX ? 1 : 2)];

    /// <summary>Products in each sum.</summary>
    public int Depth => X.Shape[X.Shape.Length - (AdjX ? 2 : 1)];

    /// <summary>Columns of a matrix of <see cref="Y"/> and of the output.</summary>
    public int Columns => Y.Shape[Y.Shape.Length - (AdjY ? 2 : 1)];

    /// <inheritdoc/>
    public override long Macs => (long)Output.ElementCount * Depth;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors = [.. Checks.SameType(
            [TensorType.Float32, TensorType.Int8, TensorType.Int16], X, Y, Output)];
        foreach (Tensor operand in Inputs.Where(t => t.Shape.Length is < MinRank or > MaxRank))
        {
            errors.Add($"'{operand.Name}' has shape {operand.ShapeText}; expected {MinRank} to {MaxRank} dimensions");
        }

        return errors.Count > 0
            ? errors
            : ShapeErrors().Concat(Checks.Quantized(X, Y, Output))
                .Concat(Checks.Scale(X, Y, Output, has64BitSums: Output.Type == TensorType.Int16))
                .Concat(new[] { X, Y, Output }.SelectMany(Checks.SymmetricInt16));
    }

    private IEnumerable<string> ShapeErrors()
    {
        int depth = Y.Shape[Y.Shape.Length - (AdjY ? 1 : 2)];
        if (depth != Depth)
        {
            return [Invariant($"'{X.Name}' {X.ShapeText} has sums of {Depth} products and '{Y.Name}' ")
                + Invariant($"{Y.ShapeText} of {depth}; expected as many")];
        }

        int rank = Math.Max(X.Shape.Length, Y.Shape.Length);
        var shape = new long[rank];
        for (int d = 0; d < rank - 2; d++)
        {
            (int x, int y) = (SizeFromEnd(X, rank - d), SizeFromEnd(Y, rank - d));
            if (x != y && x != 1 && y != 1)
            {
                return [
                    $"'{X.Name}' {X.ShapeText} and '{Y.Name}' {Y.ShapeText} cannot be stretched to one shape "
                        + "before their last two dimensions"];
            }

            shape[d] = Math.Max(x, y);
        }

        (shape[rank - 2], shape[rank - 1]) = (Rows, Columns);
        return Checks.Shape(Output, shape);
    }

    private static int SizeFromEnd(Tensor tensor, int fromEnd) =>
        fromEnd <= tensor.Shape.Length ? tensor.Shape[tensor.Shape.Length - fromEnd] : 1;
}
