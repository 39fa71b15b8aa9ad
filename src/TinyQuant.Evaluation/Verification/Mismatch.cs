using System.Globalization;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>The first element that differs from what was expected.</summary>
/// <param name="Where">The tensor, and the operator that computes it.</param>
/// <param name="Input">The index of the input, from 0.</param>
/// <param name="Element">The index of the element in its tensor.</param>
/// <param name="Expected">Its value in the expected file.</param>
/// <param name="Actual">What the generated code computed.</param>
/// <param name="Count">How many elements of that tensor differ.</param>
public sealed record Mismatch(string Where, int Input, int Element, double Expected, double Actual, int Count)
{
    /// <summary>A sentence for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Printable.Text(Where)} differs for input {Input} at element {Element}: {Actual} where {Expected} was expected ({Count} element{(Count == 1 ? "" : "s")} of this tensor)");
}
