using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>STRIDED_SLICE of a tensor of shape [4,5,6], each written as in Python.</summary>
public sealed class StridedSliceTests
{
    private static readonly int[] s_shape = [4, 5, 6];

    [Theory]
    // x[1:3, 0:5:2, 2:6]
    [InlineData(new[] { 1, 0, 2 }, new[] { 3, 5, 6 }, new[] { 1, 2, 1 }, 0, 0, 0, 0, 0, "1,0,2", "2,3,4", "1,2,1")]
    // x[-3:-1, -2:, :-4]
    [InlineData(new[] { -3, -2, 9 }, new[] { -1, 9, -4 }, new[] { 1, 1, 1 }, 4, 2, 0, 0, 0, "1,3,0", "2,2,2", "1,1,1")]
    // x[::-1, 3:0:-2, -1:-7:-3]
    [InlineData(new[] { 0, 3, -1 }, new[] { 0, 0, -7 }, new[] { -1, -2, -3 }, 1, 1, 0, 0, 0, "3,3,5", "4,2,2",
        "-1,-2,-3")]
    // x[100:0:-1, -100:2, 1:100]
    [InlineData(new[] { 100, -100, 1 }, new[] { 0, 2, 100 }, new[] { -1, 1, 1 }, 0, 0, 0, 0, 0, "3,0,1", "3,2,5",
        "-1,1,1")]
    // x[2], and what is not named is whole
    [InlineData(new[] { 2 }, new[] { 3 }, new[] { 1 }, 0, 0, 0, 0, 1, "2,0,0", "1,5,6", "1,1,1")]
    // x[-1, :, 4]
    [InlineData(new[] { -1, 0, 4 }, new[] { 0, 0, 5 }, new[] { 1, 1, 1 }, 2, 2, 0, 0, 5, "3,0,4", "1,5,1", "1,1,1")]
    // x[..., 1:3]
    [InlineData(new[] { 0, 1 }, new[] { 0, 3 }, new[] { 1, 1 }, 0, 0, 1, 0, 0, "0,0,1", "4,5,2", "1,1,1")]
    // x[1, ..., 2]
    [InlineData(new[] { 1, 0, 2 }, new[] { 2, 0, 3 }, new[] { 1, 1, 1 }, 0, 0, 2, 0, 5, "1,0,2", "1,5,1", "1,1,1")]
    // x[0:1, 1:2, ..., 2:3], where the ellipsis is of nothing
    [InlineData(new[] { 0, 1, 0, 2 }, new[] { 1, 2, 0, 3 }, new[] { 1, 1, 1, 1 }, 0, 0, 4, 0, 0, "0,1,2", "1,1,1",
        "1,1,1")]
    // x[None, 1:3, ..., None, 0:2]
    [InlineData(new[] { 0, 1, 0, 0, 0 }, new[] { 0, 3, 0, 0, 2 }, new[] { 1, 1, 1, 1, 1 }, 0, 0, 4, 9, 0, "1,0,0",
        "2,5,2", "1,1,1")]
    public void Is_one_range_a_dimension(
        int[] begin, int[] end, int[] strides, int beginMask, int endMask, int ellipsisMask, int newAxisMask,
        int shrinkMask,
        string expectedBegin, string expectedSize, string expectedStrides) => Assert.Equal(
            $"StridedSlice x -> y begin={expectedBegin} size={expectedSize} strides={expectedStrides}",
            Mapped.Last(File(begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkMask)));

    [Theory]
    [InlineData(new[] { 2 }, new[] { 2 }, new[] { 1 }, 0, 0, 0, "takes nothing")]
    [InlineData(new[] { 0 }, new[] { 2 }, new[] { 0 }, 0, 0, 0, "stride 0")]
    [InlineData(new[] { 4 }, new[] { 5 }, new[] { 1 }, 0, 0, 1, "index 4 of a dimension of 4")]
    [InlineData(new[] { 1 }, new[] { 2 }, new[] { 1 }, 1, 0, 1, "open at its beginning")]
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { 1, 1, 1, 1 }, new[] { 1, 1, 1, 1 }, 0, 0, 0, "more entries")]
    [InlineData(new[] { 0, 0 }, new[] { 1, 1 }, new[] { 1, 1 }, 0, 3, 0, "two ellipses")]
    public void What_takes_nothing_or_is_unclear_is_refused(
        int[] begin, int[] end, int[] strides, int beginMask, int ellipsisMask, int shrinkMask, string message) =>
            Assert.Contains(
            message, Mapped.Refusal(File(begin, end, strides, beginMask, 0, ellipsisMask, 0, shrinkMask)),
            StringComparison.Ordinal);

    [Fact]
    public void Ends_that_are_offsets_are_refused() =>
        Assert.Contains(
            "offsets", Mapped.Refusal(File([0], [1], [1], 0, 0, 0, 0, 0, isOffset: true)), StringComparison.Ordinal);

    private static byte[] File(
        int[] begin, int[] end, int[] strides, int beginMask, int endMask, int ellipsisMask, int newAxisMask,
        int shrinkMask, bool isOffset = false)
    {
        var model = new FlatModel();
        int x = model.Int8("x", s_shape);
        int y = model.Int8("y", 1);
        model.Operator(
            BuiltinOperator.STRIDED_SLICE,
            [x, model.Ints("begin", begin), model.Ints("end", end), model.Ints("strides", strides)], [y], 32, null,
            (0, beginMask), (1, endMask), (2, ellipsisMask), (3, newAxisMask), (4, shrinkMask), (5, isOffset));
        return model.Build([x], [y]);
    }
}
