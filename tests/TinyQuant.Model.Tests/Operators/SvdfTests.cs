using System.Collections.Immutable;

namespace TinyQuant.Model.Tests.Operators;

public class SvdfTests
{
    [Fact]
    public void It_knows_its_parts_and_multiplications()
    {
        Svdf svdf = Int8();
        Assert.Empty(svdf.Validate());
        Assert.Equal(2 * ((6 * 5) + (6 * 4)), svdf.Macs);
        Assert.Equal([4], svdf.StateInputs.ToArray());
        Assert.Equal(("bias", "state"), (svdf.Bias!.Name, svdf.State.Name));

        Svdf withoutBias = Make(svdf.Inputs.RemoveAt(3), svdf.Output);
        Assert.Empty(withoutBias.Validate());
        Assert.Equal((null, "state"), (withoutBias.Bias, withoutBias.State.Name));
        Assert.Equal([3], withoutBias.StateInputs.ToArray());
    }

    [Theory]
    [InlineData(TensorType.Int8, TensorType.Int8)]
    [InlineData(TensorType.Int8, TensorType.Int16)]
    [InlineData(TensorType.Float32, TensorType.Float32)]
    public void It_is_the_same_after_writing_and_reading(TensorType type, TensorType state)
    {
        Svdf svdf = Make(type, state);
        Svdf read = Assert.IsType<Svdf>(RecurrentGraphs.WriteAndRead(svdf));
        Assert.Equal((2, Activation.Relu), (read.Rank, read.Activation));
        Assert.Equal(svdf.Inputs.Select(t => t.ToString()), read.Inputs.Select(t => t.ToString()));
        Assert.True(read.State.IsVariable);
    }

    [Fact]
    public void Shapes_that_do_not_fit()
    {
        Svdf svdf = Int8();
        Assert.Equal(["'x' has shape [2,5,1]; expected 2 dimensions"], With(svdf, 0, [2, 5, 1]));
        Assert.Equal(["'features' has shape [6,4]; expected [6,5]"], With(svdf, 1, [6, 4]));
        Assert.Equal(
            ["weights 'features' [5,5] have 5 filters, which is not a multiple of the rank 2"], With(svdf, 1, [5, 5]));
        Assert.Equal(["'time' has shape [8,4]; expected [6,4]"], With(svdf, 2, [8, 4]));
        Assert.Equal(["'bias' has shape [2]; expected [3]"], With(svdf, 3, [2]));
        Assert.Equal(["'state' has shape [2,23]; expected [2,24]"], With(svdf, 4, [2, 23]));
        Assert.Equal(["'y' has shape [2,6]; expected [2,3]"],
            Make(svdf.Inputs, RecurrentGraphs.Like(svdf.Output, [2, 6])).Validate());
    }

    [Fact]
    public void Types_that_do_not_fit()
    {
        Svdf svdf = Int8();
        Assert.Equal(["'x' is int32; expected float32 or int8"], With(svdf, 0, TensorType.Int32));
        Assert.Equal(["'features' is float32; expected int8, as 'x' is"], With(svdf, 1, TensorType.Float32));
        Assert.Equal(["'state' is int16; expected int8, as 'time' is"], With(svdf, 4, TensorType.Int16));
        Assert.Equal(["'time' is float32; expected int8 or int16"], With(svdf, 2, TensorType.Float32));
        Assert.Equal(["'bias' is float32; expected int32"], With(svdf, 3, TensorType.Float32));
        Assert.Equal(["'time' has no data; expected a constant"],
            Replace(svdf, 2, Graphs.Tensor("time", TensorType.Int8, [6, 4])));
    }

    [Fact]
    public void Quantization_that_does_not_fit()
    {
        Svdf svdf = Int8();
        string[] notSymmetric = ["'features' is not quantized with one scale and zero point 0, as it must be"];
        Assert.Equal(notSymmetric, With(svdf, 1, new Quantization(1, 3)));
        Assert.Equal(notSymmetric, With(svdf, 1, new Quantization([1, 2, 3, 4, 5, 6], 0, 0)));
        Assert.Empty(With(svdf, 4, new Quantization(1, 3)));
        Assert.Equal(
            ["'state' is not quantized with one scale and zero point 0, as it must be"],
            With(Make(TensorType.Int8, TensorType.Int16), 4, new Quantization(1, 3)));
        Assert.Equal(
            ["the scale of 'state' is so small against those of what is multiplied that no shift reaches it; "
                + "expected a ratio below 2^30"],
            With(svdf, 4, new Quantization(1e-12f, 0)));
        Assert.Equal(
            ["the scale of 'y' is so small against those of what is multiplied that no shift reaches it; expected a "
                + "ratio below 2^30"],
            With(svdf, 2, new Quantization(1e12f, 0)));
    }

    /// <summary>
    /// Scales are a half: a state of 2^-32 and weights of time of 2^30 are the first that no shift reaches.
    /// </summary>
    [Fact]
    public void The_first_ratio_that_does_not_fit()
    {
        const float state = 0.25f / (1 << 30);
        Assert.Single(With(Int8(), 4, new Quantization(state, 0)));
        Assert.Empty(With(Int8(), 4, new Quantization(MathF.BitIncrement(state), 0)));
        Assert.Single(With(Int8(), 2, new Quantization(1 << 30, 0)));
        Assert.Empty(With(Int8(), 2, new Quantization(MathF.BitDecrement(1 << 30), 0)));
    }

    private static Svdf Int8() => Make(TensorType.Int8, TensorType.Int8);

    /// <summary>Two batches of five, three units of two filters, a memory of four.</summary>
    private static Svdf Make(TensorType type, TensorType state)
    {
        Quantization? quantization = type == TensorType.Int8 ? new(0.5f, 0) : null;
        TensorType bias = type == TensorType.Int8 ? TensorType.Int32 : TensorType.Float32;
        return Make(
            [
                Graphs.Tensor("x", type, [2, 5]), Graphs.Tensor("features", type, [6, 5], true),
                Graphs.Tensor("time", state, [6, 4], true, quantization), Graphs.Tensor("bias", bias, [3], true),
                RecurrentGraphs.State("state", state, [2, 24], quantization),
            ],
            Graphs.Tensor("y", type, [2, 3]));
    }

    private static Svdf Make(ImmutableArray<Tensor> inputs, Tensor output) => new(inputs, output, 2, Activation.Relu);

    private static IEnumerable<string> With(Svdf svdf, int input, int[] shape) =>
        Replace(svdf, input, RecurrentGraphs.Like(svdf.Inputs[input], shape));

    private static IEnumerable<string> With(Svdf svdf, int input, TensorType type) =>
        Replace(svdf, input, RecurrentGraphs.Like(svdf.Inputs[input], type));

    private static IEnumerable<string> With(Svdf svdf, int input, Quantization quantization) =>
        Replace(svdf, input, RecurrentGraphs.Like(svdf.Inputs[input], quantization));

    private static IEnumerable<string> Replace(Svdf svdf, int input, Tensor tensor) =>
        Make(svdf.Inputs.SetItem(input, tensor), svdf.Output).Validate();
}
