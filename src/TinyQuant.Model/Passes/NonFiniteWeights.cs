using System.Globalization;
using System.Runtime.InteropServices;

namespace TinyQuant.Model;

/// <summary>
/// Weights that are no finite numbers: a training that went wrong. They spoil every output that they reach, and in a
/// padded convolution those at the border too, where what lies outside of the image is multiplied as 0.
/// </summary>
/// <param name="Tensor">The constant.</param>
/// <param name="NaNs">How many of its elements are NaN.</param>
/// <param name="Infinities">How many are infinite.</param>
public sealed record NonFiniteWeights(Tensor Tensor, int NaNs, int Infinities)
{
    /// <summary>
    /// Those of a graph, in the order of its tensors, and of the graphs that it runs: NaN in any constant; infinities
    /// where they are multiplied, since an infinite operand of Maximum or PadV2 is a bound, and one of Add a mask.
    /// </summary>
    /// <param name="graph">A graph whose tensors are right by themselves.</param>
    public static IEnumerable<NonFiniteWeights> Of(Graph graph)
    {
        Graph widened = StoredConstants.Widen(graph);
        var multiplied = new HashSet<Tensor>(widened.Operators.Where(Multiplies).SelectMany(o => o.Inputs));
        foreach (Tensor tensor in widened.Tensors.Where(t => t.IsConstant && t.Type == TensorType.Float32))
        {
            int nans = 0, infinities = 0;
            foreach (float value in MemoryMarshal.Cast<byte, float>(tensor.Data!.Value.AsSpan()))
            {
                nans += float.IsNaN(value) ? 1 : 0;
                infinities += float.IsInfinity(value) ? 1 : 0;
            }

            infinities = multiplied.Contains(tensor) ? infinities : 0;
            if (nans + infinities > 0)
            {
                yield return new NonFiniteWeights(tensor, nans, infinities);
            }
        }

        foreach (NonFiniteWeights inner in widened.Operators.SelectMany(o => o.Subgraphs).SelectMany(Of))
        {
            yield return inner;
        }
    }

    /// <summary>A sentence for people.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture,
        "Constant '{0}' {1} holds {2} of {3:N0} values that are not finite ({4} NaN, {5} infinite), which spoil "
        + "every output that they reach; "
        + "expected finite numbers: a training that ends with such weights has failed",
        Printable.Text(Tensor.Name), Tensor.ShapeText, NaNs + Infinities, Tensor.ElementCount, NaNs, Infinities);

    private static bool Multiplies(Operator op) =>
        op is FullyConnected or Convolution or Svdf or UnidirectionalSequenceLstm or Mul;
}
