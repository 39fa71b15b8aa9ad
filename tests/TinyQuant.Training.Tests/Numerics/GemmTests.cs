using TinyQuant.Data;
using TinyQuant.Training.Numerics;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Numerics;

/// <summary>The product equals one chain of fused multiply-adds an element, bit for bit.</summary>
public class GemmTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(6, 16, 8)]
    [InlineData(7, 17, 257)]
    [InlineData(97, 33, 3)]
    [InlineData(5, 8, 600)]
    [InlineData(13, 40, 256)]
    [InlineData(3, 15, 1)]
    public void Equals_a_chain_of_fused_multiply_adds(int rows, int columns, int depth)
    {
        var random = new Pcg32((ulong)(rows + columns + depth));
        float[] a = Filled(rows * depth, random);
        float[] b = Filled(depth * columns, random);
        float[] c = Filled(rows * columns, random);
        float[] expected = (float[])c.Clone();
        for (int r = 0; r < rows; r++)
        {
            for (int n = 0; n < columns; n++)
            {
                for (int d = 0; d < depth; d++)
                {
                    ref float sum = ref expected[(r * columns) + n];
                    sum = MathF.FusedMultiplyAdd(a[(r * depth) + d], b[(d * columns) + n], sum);
                }
            }
        }

        float[] scratch = [];
        float[] transposedScratch = [];

        foreach (bool transposed in new[] { false, true })
        {
            float[] actual = (float[])c.Clone();
            LeftMatrix left = transposed
                ? LeftMatrix.Transposed(Transpose(a, rows, depth), rows)
                : LeftMatrix.RowMajor(a, depth);
            RightMatrix right = transposed
                ? RightMatrix.PackTransposed(Transpose(b, depth, columns), depth, columns, ref transposedScratch)
                : RightMatrix.Pack(b, depth, columns, ref scratch);
            Gemm.AddProduct(left, right, actual, rows, columns, depth);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_span_that_is_too_short_is_refused() => Assert.Throws<ArgumentException>(() =>
    {
        float[] scratch = [];
        RightMatrix right = RightMatrix.Pack(new float[6], 2, 3, ref scratch);
        Gemm.AddProduct(LeftMatrix.RowMajor(new float[7], 2), right, new float[12], 4, 3, 2);
    });

    private static float[] Filled(int count, Pcg32 random)
    {
        float[] values = new float[count];
        Toy.Fill(values, random);
        return values;
    }

    private static float[] Transpose(float[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => values[(i % rows * columns) + (i / rows)])];
}
