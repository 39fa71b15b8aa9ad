using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests;

/// <summary>Graphs that are no chain: a tensor that two layers read, several outputs, several inputs.</summary>
public sealed class SharedTensorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Int8_layers_share_a_tensor(int rows)
    {
        var maker = new GraphMaker(1);
        Tensor hidden = maker.Int8(maker.Int8Input(rows, 13), 9, new() { Activation = Activation.Relu });
        Tensor left = maker.Int8(hidden, 2);
        Tensor right = maker.Int8(hidden, 7, new() { IsPerChannel = true, IsFull = true });
        Agreement.Check(maker.Build(left, right), runs: 500);
    }

    [Fact]
    public void Int8_layers_share_the_input()
    {
        var maker = new GraphMaker(2);
        Tensor input = maker.Int8Input(1, 22);
        Agreement.Check(maker.Build(maker.Int8(input, 3), maker.Int8(input, 5, new() { HasBias = false })), runs: 500);
    }

    [Fact]
    public void Float32_layers_share_a_tensor()
    {
        var maker = new GraphMaker(3);
        Tensor hidden = maker.Float32(maker.FloatInput(1, 13), 9, new() { Activation = Activation.Relu });
        Agreement.Check(maker.Build(maker.Float32(hidden, 2), maker.Float32(hidden, 7)), runs: 500);
    }

    [Fact]
    public void A_float32_layer_feeds_hybrid_layers_and_a_float32_one()
    {
        var maker = new GraphMaker(4);
        Tensor hidden = maker.Float32(maker.FloatInput(2, 13), 9, new() { Activation = Activation.Relu6 });
        Tensor left = maker.Hybrid(hidden, 2);
        Tensor right = maker.Hybrid(hidden, 7, new() { IsFull = true });
        Agreement.Check(maker.Build(left, right, maker.Float32(hidden, 4)), runs: 500);
    }

    [Fact]
    public void Hybrid_layers_share_a_tensor()
    {
        var maker = new GraphMaker(5);
        Tensor hidden = maker.Hybrid(maker.FloatInput(1, 40), 17, new() { Activation = Activation.Relu });
        Agreement.Check(maker.Build(maker.Hybrid(hidden, 2), maker.Hybrid(hidden, 7)), runs: 500);
    }

    [Fact]
    public void Chains_of_three_layers()
    {
        var int8 = new GraphMaker(6);
        Tensor codes = int8.Int8(int8.Int8(int8.Int8Input(1, 50), 33, new() { Activation = Activation.Relu }), 18);
        Agreement.Check(int8.Build(int8.Int8(codes, 10)), runs: 500);

        var hybrid = new GraphMaker(7);
        Tensor reals = hybrid.Hybrid(
            hybrid.Hybrid(hybrid.FloatInput(1, 50), 33, new() { Activation = Activation.Relu }), 18);
        Agreement.Check(hybrid.Build(hybrid.Hybrid(reals, 10)), runs: 500);
    }

    [Fact]
    public void A_tensor_between_two_layers_is_an_output_too()
    {
        var maker = new GraphMaker(8);
        Tensor hidden = maker.Int8(maker.Int8Input(1, 13), 9);
        Tensor top = maker.Int8(maker.Int8(hidden, 6), 5);
        Agreement.Check(maker.Build(hidden, top), runs: 300);
        Agreement.Check(maker.Build(top, hidden), runs: 300);
    }

    [Fact]
    public void A_layer_that_no_output_needs_does_no_harm()
    {
        var maker = new GraphMaker(9);
        Tensor hidden = maker.Int8(maker.Int8Input(1, 13), 9);
        maker.Int8(hidden, 4);
        Agreement.Check(maker.Build(maker.Int8(hidden, 5)));
    }

    [Fact]
    public void Several_inputs_of_different_types()
    {
        var maker = new GraphMaker(10);
        Tensor codes = maker.Int8Input(1, 13);
        Tensor reals = maker.FloatInput(3, 6);
        Tensor more = maker.Int8Input(2, 5);
        Tensor[] outputs = [maker.Hybrid(reals, 4), maker.Int8(maker.Int8(codes, 8), 3), maker.Int8(more, 7)];
        Agreement.Check(maker.Build(outputs), runs: 300);
    }

    [Fact]
    public void Many_branches_alive_at_once()
    {
        var maker = new GraphMaker(11);
        Tensor input = maker.Int8Input(1, 10);
        Tensor[] branches = [.. Enumerable.Range(1, 6).Select(i => maker.Int8(input, i * 3))];
        Agreement.Check(maker.Build([.. branches.Reverse().Select((b, i) => maker.Int8(b, i + 1))]), runs: 300);
    }
}
