namespace TinyQuant.Model.Tests.Operators;

/// <summary>What the operators refuse that TensorFlow Lite has as custom ones.</summary>
public class CustomOperatorTests
{
    [Fact]
    public void Circular_buffers()
    {
        Tensor x = Int8("x", 1, 1, 2, 3), y = Int8("y", 1, 4, 2, 3), state = Variable("s", TensorType.Int8, 1, 4, 2, 3),
            runs = Variable("r", TensorType.Int32, 1);
        Assert.Empty(new CircularBuffer(x, state, runs, y, 2).Validate());
        Assert.True(new CircularBuffer(x, state, runs, y, 2).EndsRuns);
        Assert.False(new CircularBuffer(x, state, runs, y, 1).EndsRuns);
        Assert.Equal(["'x' has shape [1,1,2,2]; expected [1,1,2,3]"],
            new CircularBuffer(Int8("x", 1, 1, 2, 2), state, runs, y, 1).Validate());
        Assert.Equal(["'s' has shape [1,3,2,3]; expected [1,4,2,3]"],
            new CircularBuffer(x, Variable("s", TensorType.Int8, 1, 3, 2, 3), runs, y, 1).Validate());
        Assert.Equal(["'r' is int8; expected int32"],
            new CircularBuffer(x, state, Variable("r", TensorType.Int8, 1), y, 1).Validate());
        Assert.Equal(["'x' has shape [3]; expected 4 dimensions"],
            new CircularBuffer(Int8("x", 3), state, runs, y, 1).Validate());
    }

    [Theory]
    [InlineData(6, 2, 5, 5, null)]
    [InlineData(6, 3, 5, 5, null)]
    [InlineData(6, 4, 5, 5,
        "'b' [1,6,4] and 's' [1,6,4] are no boxes and their scores in 2 classes; expected [1,n,4] and [1,n,2] or "
            + "[1,n,3]")]
    [InlineData(6, 2, 4, 5, "'o' [1,4,4] has no room for 5 detections; expected [1,5,4]")]
    [InlineData(7, 2, 5, 5,
        "'b' [1,6,4] and 's' [1,7,2] are no boxes and their scores in 2 classes; expected [1,n,4] and [1,n,2] or "
            + "[1,n,3]")]
    public void Detections(int scores, int columns, int rows, int most, string? message) =>
        Assert.Equal(message is null ? [] : [message], Detection(
            Real("s", 1, scores, columns), rows, most).Validate());

    [Fact]
    public void Detections_are_float32() => Assert.Equal(["'s' is int8; expected float32, as 'b' is"],
        Detection(Int8("s", 1, 6, 2), 5, 5).Validate());

    private static DetectionPostProcess Detection(Tensor scores, int rows, int most) => new(
        [Real("b", 1, 6, 4), scores, Real("a", 6, 4)],
        [Real("o", 1, rows, 4), Real("c", 1, rows), Real("p", 1, rows), Real("n", 1)], 2, 0.25f, 0.5f,
        new DetectionLimits(most, 1, 100, false), new DetectionScales(10, 10, 5, 5));

    private static Tensor Real(string name, params int[] shape) => Graphs.Tensor(name, TensorType.Float32, shape);

    private static Tensor Int8(string name, params int[] shape) => Graphs.Tensor(name, TensorType.Int8, shape);

    private static Tensor Variable(string name, TensorType type, params int[] shape) => new(
        name, type, [.. shape], type == TensorType.Int8 ? new Quantization(0.5f, 0) : null, isVariable: true);
}
