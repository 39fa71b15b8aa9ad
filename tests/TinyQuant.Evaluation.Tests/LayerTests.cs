using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests;

/// <summary>One layer of every form against the plain loops.</summary>
public sealed class LayerTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            for (int outputs = 1; outputs <= 20; outputs++)
            {
                shapes.Add(outputs, ((outputs * 7) % 37) + 1); // depths of every remainder by four
            }

            shapes.Add(10, 784);
            shapes.Add(1, 1);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Int8_of_every_shape(int outputs, int depth)
    {
        var maker = new GraphMaker(outputs);
        Agreement.Check(maker.Build(maker.Int8(maker.Int8Input(1, depth), outputs)));
    }

    [Theory]
    [InlineData(Activation.None, true, false, false)]
    [InlineData(Activation.Relu, true, false, true)]
    [InlineData(Activation.Relu6, true, true, false)]
    [InlineData(Activation.ReluN1To1, false, true, true)]
    [InlineData(Activation.None, false, false, true)]
    [InlineData(Activation.Relu, false, true, false)]
    public void Int8_of_every_form_in_rows(Activation activation, bool hasBias, bool isPerChannel, bool isFull)
    {
        var maker = new GraphMaker(5);
        var options = new LayerOptions
        {
            Activation = activation,
            HasBias = hasBias,
            IsPerChannel = isPerChannel,
            IsFull = isFull
        };
        Agreement.Check(maker.Build(maker.Int8(maker.Int8Input(4, 30), 9, options)));
    }

    [Fact]
    public void Int8_with_relu6_inside_the_codes()
    {
        var maker = new GraphMaker(6);
        var options = new LayerOptions { Activation = Activation.Relu6, Output = new Quantization(0.05f, -20) };
        Agreement.Check(maker.Build(maker.Int8(maker.Int8Input(1, 16), 5, options)));
    }

    [Fact]
    public void Int8_with_a_multiplier_above_one()
    {
        var maker = new GraphMaker(7);
        var options = new LayerOptions { Output = new Quantization(0.00001f, 3) };
        Agreement.Check(maker.Build(maker.Int8(maker.Int8Input(1, 3), 4, options)));
    }

    [Fact]
    public void Int8_with_a_multiplier_that_vanishes()
    {
        var maker = new GraphMaker(8);
        var options = new LayerOptions { Output = new Quantization(1e9f, 3) };
        Agreement.Check(maker.Build(maker.Int8(maker.Int8Input(1, 3), 4, options)), runs: 10);
    }

    [Theory]
    [InlineData(1, 1, 1, Activation.None, true, false)]
    [InlineData(1, 31, 10, Activation.Relu, true, true)]
    [InlineData(4, 18, 5, Activation.Relu6, false, true)]
    [InlineData(3, 64, 20, Activation.ReluN1To1, true, false)]
    [InlineData(1, 784, 10, Activation.None, true, false)]
    public void Hybrid_of_every_form(int rows, int depth, int outputs, Activation activation, bool hasBias, bool isFull)
    {
        var maker = new GraphMaker(depth);
        var options = new LayerOptions { Activation = activation, HasBias = hasBias, IsFull = isFull };
        Tensor input = maker.FloatInput(rows, depth);
        Agreement.Check(maker.Build(
            maker.Hybrid(input, outputs, options),
            maker.Hybrid(input, outputs, options with { IsPerChannel = true }),
            maker.Hybrid(input, outputs, options with { IsSymmetric = true }),
            maker.Hybrid(input, outputs, options with { IsSymmetric = true, IsPerChannel = true })));
    }

    [Theory]
    [InlineData(1, 1, 1, Activation.None, true)]
    [InlineData(1, 31, 10, Activation.Relu, true)]
    [InlineData(4, 18, 5, Activation.Relu6, false)]
    [InlineData(3, 64, 20, Activation.ReluN1To1, true)]
    [InlineData(1, 784, 10, Activation.None, true)]
    public void Float32_of_every_form(int rows, int depth, int outputs, Activation activation, bool hasBias)
    {
        var maker = new GraphMaker(depth);
        var options = new LayerOptions { Activation = activation, HasBias = hasBias };
        Agreement.Check(maker.Build(maker.Float32(maker.FloatInput(rows, depth), outputs, options)));
    }
}
