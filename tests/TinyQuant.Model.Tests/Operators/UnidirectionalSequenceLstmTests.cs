using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

public class UnidirectionalSequenceLstmTests
{
    private const int OutputState = 13;
    private const int CellState = 14;

    [Fact]
    public void It_knows_its_parts_and_multiplications()
    {
        UnidirectionalSequenceLstm lstm = Make(TensorType.Int8);
        Assert.Empty(lstm.Validate());
        Assert.Equal((2 * 3 * 4 * 6 * (5 + 6), 6, false), (lstm.Macs, lstm.Units, lstm.IsTimeMajor));
        Assert.Equal([OutputState, CellState], lstm.StateInputs.ToArray());
        Assert.Equal(["w3", "r0", "b2", "hidden", "cells"],
            new[] { lstm.InputWeights[3], lstm.RecurrentWeights[0], lstm.Biases[2], lstm.OutputState,
                lstm.CellState }.Select(t => t.Name));
    }

    [Theory]
    [InlineData(TensorType.Int8, false, 0f)]
    [InlineData(TensorType.Int8, true, 0.1f)]
    [InlineData(TensorType.Float32, true, 3e30f)]
    public void It_is_the_same_after_writing_and_reading(TensorType type, bool isTimeMajor, float clip)
    {
        UnidirectionalSequenceLstm lstm = Make(type, isTimeMajor, clip);
        var read = Assert.IsType<UnidirectionalSequenceLstm>(RecurrentGraphs.WriteAndRead(lstm));
        Assert.Equal((isTimeMajor, clip), (read.IsTimeMajor, read.CellClip));
        Assert.Equal(lstm.Inputs.Select(t => t.ToString()), read.Inputs.Select(t => t.ToString()));
    }

    [Fact]
    public void Steps_come_first_where_the_model_says_so()
    {
        UnidirectionalSequenceLstm lstm = Make(TensorType.Int8);
        Assert.Equal(
            ["'hidden' has shape [2,6]; expected [3,6]", "'cells' has shape [2,6]; expected [3,6]"],
            new UnidirectionalSequenceLstm(lstm.Inputs, lstm.Output, isTimeMajor: true, 0).Validate());
    }

    [Theory]
    [InlineData(0, new[] { 2, 3 }, "'x' has shape [2,3]; expected 3 dimensions")]
    [InlineData(2, new[] { 6, 4 }, "'w1' has shape [6,4]; expected [6,5]")]
    [InlineData(7, new[] { 6, 5 }, "'r2' has shape [6,5]; expected [6,6]")]
    [InlineData(12, new[] { 1, 6 }, "'b3' has shape [1,6]; expected [6]")]
    [InlineData(OutputState, new[] { 1, 6 }, "'hidden' has shape [1,6]; expected [2,6]")]
    [InlineData(CellState, new[] { 12 }, "'cells' has shape [12]; expected [2,6]")]
    public void Shapes_that_do_not_fit(int input, int[] shape, string message)
    {
        UnidirectionalSequenceLstm lstm = Make(TensorType.Int8);
        Assert.Equal([message], Replace(lstm, input, RecurrentGraphs.Like(lstm.Inputs[input], shape)));
    }

    [Theory]
    [InlineData(0, TensorType.UInt8, "'x' is uint8; expected float32 or int8 or int16")]
    [InlineData(4, TensorType.Float32, "'w3' is float32; expected int8")]
    [InlineData(OutputState, TensorType.Int16, "'hidden' is int16; expected int8, as 'x' is")]
    [InlineData(9, TensorType.Float32, "'b0' is float32; expected int32")]
    [InlineData(CellState, TensorType.Int8, "'cells' is int8; expected int16")]
    public void Types_that_do_not_fit(int input, TensorType type, string message)
    {
        UnidirectionalSequenceLstm lstm = Make(TensorType.Int8);
        Assert.Equal([message], Replace(lstm, input, RecurrentGraphs.Like(lstm.Inputs[input], type)));
    }

    [Fact]
    public void Constants_without_data()
    {
        UnidirectionalSequenceLstm lstm = Make(TensorType.Int8);
        Assert.Equal(
            ["'r1' has no data; expected a constant"], Replace(lstm, 6, Graphs.Tensor("r1", TensorType.Int8, [6, 6])));
    }

    [Theory]
    [InlineData(3, 1f, 1, "'w2' is not quantized with one scale and zero point 0, as it must be")]
    [InlineData(CellState, 0.25f, 1, "'cells' is not quantized with one scale and zero point 0, as it must be")]
    [InlineData(CellState, 0.2f, 0, "the scale of the cell state 'cells' is no power of two from 2^-30 to 1")]
    [InlineData(CellState, 2f, 0, "the scale of the cell state 'cells' is no power of two from 2^-30 to 1")]
    [InlineData(CellState, 4.6e-10f, 0, "the scale of the cell state 'cells' is no power of two from 2^-30 to 1")]
    [InlineData(5, 1e9f, 0,
        "the scale of 'r0' is so small against those of what is multiplied that no shift reaches it; expected a "
            + "ratio below 2^30")]
    [InlineData(OutputState, 0.5f, 1,
        "'y' (scale 0.5, zero point 0) and 'hidden' (scale 0.5, zero point 1) are quantized differently; expected "
            + "one scale and zero point")]
    public void Quantization_that_does_not_fit(int input, float scale, int zeroPoint, string message)
    {
        UnidirectionalSequenceLstm lstm = Make(TensorType.Int8);
        Assert.Equal([message],
            Replace(lstm, input, RecurrentGraphs.Like(lstm.Inputs[input], new Quantization(scale, zeroPoint))));
    }

    [Fact]
    public void A_clip_below_nothing()
    {
        Assert.Equal(["cell_clip is -1; expected 0 or more"], Make(TensorType.Float32, clip: -1).Validate());
        Assert.Equal(["cell_clip is NaN; expected 0 or more"], Make(TensorType.Float32, clip: float.NaN).Validate());
    }

    [Fact]
    public void Whatever_the_shapes_validation_answers()
    {
        UnidirectionalSequenceLstm lstm = Make(TensorType.Int8);
        Gen.Select(Gen.Int[0, CellState], Gen.Int[1, 7].Array[0, 4]).Sample((input, shape) =>
        {
            bool isValid = !Replace(lstm, input, RecurrentGraphs.Like(lstm.Inputs[input], shape)).Any();
            Assert.Equal(shape.SequenceEqual(lstm.Inputs[input].Shape), isValid);
        }, iter: 2000);
    }

    /// <summary>Two batches of three steps, five inputs, six units.</summary>
    private static UnidirectionalSequenceLstm Make(TensorType type, bool isTimeMajor = false, float clip = 0)
    {
        bool isInt8 = type == TensorType.Int8;
        TensorType bias = isInt8 ? TensorType.Int32 : TensorType.Float32;
        Quantization? cells = isInt8 ? new(0.25f, 0) : null;
        return new(
            [
                Graphs.Tensor("x", type, isTimeMajor ? [3, 2, 5] : [2, 3, 5]),
                .. Enumerable.Range(0, 4).Select(i => Graphs.Tensor($"w{i}", type, [6, 5], true)),
                .. Enumerable.Range(0, 4).Select(i => Graphs.Tensor($"r{i}", type, [6, 6], true)),
                .. Enumerable.Range(0, 4).Select(i => Graphs.Tensor($"b{i}", bias, [6], true)),
                RecurrentGraphs.State("hidden", type, [2, 6], isInt8 ? new(0.5f, 0) : null),
                RecurrentGraphs.State("cells", isInt8 ? TensorType.Int16 : type, [2, 6], cells),
            ],
            Graphs.Tensor("y", type, isTimeMajor ? [3, 2, 6] : [2, 3, 6]), isTimeMajor, clip);
    }

    private static IEnumerable<string> Replace(UnidirectionalSequenceLstm lstm, int input, Tensor tensor) =>
        new UnidirectionalSequenceLstm(
            lstm.Inputs.SetItem(input, tensor), lstm.Output, lstm.IsTimeMajor, lstm.CellClip).Validate();
}
