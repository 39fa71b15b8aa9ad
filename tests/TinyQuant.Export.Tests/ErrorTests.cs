using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Export.Tests;

/// <summary>What cannot be said in ONNX is refused: all of it, with operator and index, and no file.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Every_operator_that_cannot_be_written_is_named()
    {
        var maker = new GraphMaker(1);
        Tensor real = maker.FloatInput(1, 4);
        Tensor hybrid = maker.Hybrid(real, 4);
        Tensor good = maker.Float32(hybrid, 4);
        Tensor odd = maker.Activation(TensorType.Float32, null, 1, 4);
        maker.Append(new HardSwish(good, odd));

        ExportResult result = OnnxExporter.Export(maker.Build(odd));

        Assert.Null(result.File);
        Assert.Equal(
            [
                $"operator 0 (FullyConnected), tensor '{hybrid.Name}' float32 [1,4]: float32 activations with "
                    + "int8 weights are not supported; expected all int8 or all float32",
                $"operator 2 (HardSwish), tensor '{odd.Name}' float32 [1,4]: it is not supported",
            ],
            result.Errors.Select(e => e.ToString()));
    }

    [Fact]
    public void A_name_that_is_no_text_is_refused_and_every_other_one_is_shown()
    {
        foreach (string name in HostileNames.Payloads.Concat(HostileNames.Random()))
        {
            var input = new Tensor(name, TensorType.Float32, [1, 4]);
            var odd = new Tensor(name + "y", TensorType.Float32, [1, 4]);
            ExportResult result = OnnxExporter.Export(
                new Graph
                {
                    Tensors = [input, odd],
                    Inputs = [input],
                    Outputs = [odd],
                    Operators = [new HardSwish(input, odd)]
                });

            Assert.Equal(HostileNames.Whole(name) == name ? 1 : 3, result.Errors.Length);
            Assert.All(result.Errors, e => Assert.Empty(HostileNames.Unseen(e.ToString(), "")));
        }
    }

    [Fact]
    public void An_operand_that_is_a_constant_is_refused()
    {
        var maker = new GraphMaker(2);
        Tensor image = maker.FloatInput(1, 4);
        Tensor constant = maker.Constant(TensorType.Float32, [1f, 2, 3, 4], null, 1, 4);
        Tensor sum = maker.Activation(TensorType.Float32, null, 1, 4);
        maker.Append(new Add([image, constant], sum));

        Assert.Contains("is a constant", Assert.Single(OnnxExporter.Export(maker.Build(sum)).Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Operands_of_different_rank_are_refused_where_one_is_an_image()
    {
        var maker = new GraphMaker(3);
        Tensor image = maker.FloatInput(1, 2, 3, 4);
        Tensor row = maker.FloatInput(4);
        Tensor sum = maker.Activation(TensorType.Float32, null, 1, 2, 3, 4);
        maker.Append(new Add([image, row], sum));

        Assert.Contains("operator 0 (Add)", Assert.Single(OnnxExporter.Export(maker.Build(sum)).Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_whose_dimensions_would_change_places_is_refused()
    {
        var maker = new GraphMaker(4);
        Tensor image = maker.FloatInput(1, 2, 3, 4);
        Tensor mean = maker.Activation(TensorType.Float32, null, 1, 3, 4);
        maker.Append(new Mean(image, mean, [1]));

        Assert.Contains("operator 0 (Mean)", Assert.Single(OnnxExporter.Export(maker.Build(mean)).Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_and_outputs_that_are_no_activations_are_refused()
    {
        var maker = new GraphMaker(5);
        Tensor image = maker.FloatInput(1, 4);
        Tensor wide = maker.Activation(TensorType.Int16, new Quantization(0.1f, 0), 1, 4);
        maker.Append(new Quantize(image, wide));

        string[] errors = [.. OnnxExporter.Export(maker.Build(wide, image)).Errors.Select(e => e.ToString())];

        Assert.Equal(3, errors.Length);
        Assert.Contains("int16", errors[0], StringComparison.Ordinal);
        Assert.Contains("is no operator's", errors[1], StringComparison.Ordinal);
        Assert.Contains("operator 0 (Quantize)", errors[2], StringComparison.Ordinal);
    }
}
