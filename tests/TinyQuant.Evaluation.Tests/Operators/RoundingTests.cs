using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>FullyConnected in every rounding, against the plain loops.</summary>
public sealed class RoundingTests
{
    [Theory]
    [InlineData(Rounding.Single, false, 1)]
    [InlineData(Rounding.Single, true, 2)]
    [InlineData(Rounding.FloatEven, false, 3)]
    [InlineData(Rounding.FloatEven, true, 4)]
    public void Layers_of_every_form(Rounding rounding, bool isPerChannel, int seed)
    {
        var maker = new GraphMaker(seed) { Rounding = rounding };
        List<Tensor> outputs = [];
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            var options = new LayerOptions
            {
                Activation = activation,
                IsPerChannel = isPerChannel,
                IsFull = activation == Activation.Relu
            };
            outputs.Add(maker.Int8(maker.Int8Input(3, 30), 37, options));
        }

        Agreement.Check(maker.Build([.. outputs]));
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    [InlineData(Rounding.FloatEven)]
    public void Multipliers_above_one_and_that_vanish(Rounding rounding)
    {
        var maker = new GraphMaker(5) { Rounding = rounding };
        Tensor input = maker.Int8Input(2, 5);
        Agreement.Check(maker.Build(
            maker.Int8(input, 20, new LayerOptions { Output = new Quantization(0.00001f, 3) }),
            maker.Int8(input, 20, new LayerOptions { Output = new Quantization(1e9f, 3) })));
    }

    /// <summary>Sums that are halves of the output's steps: where roundings differ most.</summary>
    [Fact]
    public void Roundings_differ_and_each_is_its_own()
    {
        var answers = new List<byte[]>();
        foreach (Rounding rounding in Enum.GetValues<Rounding>())
        {
            var maker = new GraphMaker(6) { Rounding = rounding };
            Tensor input = maker.Int8Input(new Quantization(0.5f, 0), 1, 1);
            Tensor weights = maker.Constant(
                TensorType.Int8, Enumerable.Repeat((sbyte)1, 32).ToArray(), new Quantization(0.5f, 0), 32, 1);
            Tensor bias = maker.Constant(TensorType.Int32, Enumerable.Range(-16, 32).ToArray(), null, 32);
            Tensor output = maker.Activation(TensorType.Int8, new Quantization(1f, 0), 1, 32);
            maker.Append(new FullyConnected([input, weights, bias], output, Activation.None));
            using CompiledModel model = CompiledOnce.Model(maker.Build(output));
            Agreement.Check(model);
            var codes = new byte[32];
            model.Run([[0]], [codes]);
            answers.Add(codes);
        }
        // -6/4 and 6/4: away from zero, up, and to the even neighbour; -2/4 and 2/4 likewise.
        Assert.Equal([-2, 2, -1, 1], Halves(answers[(int)Rounding.Double]));
        Assert.Equal([-1, 2, 0, 1], Halves(answers[(int)Rounding.Single]));
        Assert.Equal([-2, 2, 0, 0], Halves(answers[(int)Rounding.FloatEven]));
    }

    private static int[] Halves(byte[] codes) =>
        [(sbyte)codes[10], (sbyte)codes[22], (sbyte)codes[14], (sbyte)codes[18]];
}
