using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;

namespace TinyQuant.Export.Tests.Support;

/// <summary>How far two engines may be apart: a code by one, a real by the last bits of a sum.</summary>
internal static class Difference
{
    /// <summary>How many codes differ, none by more than one.</summary>
    public static int AssertWithinOneStep(string what, Tensor tensor, byte[] ours, byte[] theirs)
    {
        double[] expected = TensorValues.Decode(tensor.Type, ours);
        double[] actual = TensorValues.Decode(tensor.Type, theirs);
        Assert.Equal(expected.Length, actual.Length);
        int different = 0;
        // Float sums are as exact as their largest terms, whatever they come to. An infinity is no measure of anything.
        double largest = expected.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        Tolerance tolerance = new(0, tensor.Type == TensorType.Float32
            ? Math.Max(Tolerance.Float32.Absolute, Tolerance.Float32.Relative * largest)
            : 1);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(tolerance.Accepts(expected[i], actual[i]),
                $"{what}, {tensor}, element {i}: {actual[i]:R}; we have {expected[i]:R}");
            different += expected[i].Equals(actual[i]) ? 0 : 1;
        }

        return different;
    }
}
