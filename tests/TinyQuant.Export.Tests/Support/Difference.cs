using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Export.Tests.Support;

/// <summary>How far two engines may be apart: a code by one, a real by the last bits of a sum.</summary>
internal static class Difference
{
    private const double RelativeTolerance = 1e-4;
    private const double AbsoluteTolerance = 1e-5;

    /// <summary>How many codes differ, none by more than one.</summary>
    public static int AssertWithinOneStep(string what, Tensor tensor, byte[] ours, byte[] theirs)
    {
        double[] expected = TensorValues.Decode(tensor.Type, ours);
        double[] actual = TensorValues.Decode(tensor.Type, theirs);
        Assert.Equal(expected.Length, actual.Length);
        int different = 0;
        // Float sums are as exact as their largest terms, whatever they come to.
        double largest = tensor.Type == TensorType.Float32 ? expected.Max(Math.Abs) : 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double tolerance = tensor.Type == TensorType.Float32 ? Math.Max(AbsoluteTolerance, RelativeTolerance * largest) : 1;
            double distance = Math.Abs(expected[i] - actual[i]);
            Assert.True(distance <= tolerance, $"{what}, {tensor}, element {i}: {actual[i]:R}; we have {expected[i]:R}");
            different += distance > 0 ? 1 : 0;
        }
        return different;
    }
}
