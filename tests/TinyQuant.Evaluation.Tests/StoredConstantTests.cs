using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests;

/// <summary>Generated code over int4 and float16 constants against the plain loops over what these stand for.</summary>
public sealed class StoredConstantTests
{
    private const int Runs = 10;

    [Theory]
    [InlineData(Rounding.Double, 1)]
    [InlineData(Rounding.Single, 3)]
    [InlineData(Rounding.FloatEven, 4)]
    public void Int4_convolutions(Rounding rounding, int seed)
    {
        var maker = new GraphMaker(seed) { Rounding = rounding };
        Tensor[] outputs = [.. Enumerable.Range(0, 8).Select(i =>
        {
            Tensor input = maker.RandomImage(
                TensorType.Int8, maker.Random.Next(3) switch { 0 => 1, 1 => maker.Random.Next(1, 9) * 4, _ => 33 });
            ((int, int) filter, WindowOptions window) = maker.RandomWindow(dilated: true);
            return (i % 4) switch
            {
                0 => maker.DepthwiseConv2D(input, input.Shape[3] == 1 ? 9 : 1, filter, window),
                1 => maker.TransposeConv(
                    input, 5, filter, window with { DilationHeight = 1, DilationWidth = 1 }, beyond: 1),
                _ => maker.Conv2D(input, maker.Random.Next(1, 70), filter, window),
            };
        })];
        Agreement.Check(Int4Maker.Shrink(maker.Build(outputs), maker.Random), Runs, seed);
    }

    [Theory]
    [InlineData(Rounding.Double, 1)]
    [InlineData(Rounding.Single, 2)]
    [InlineData(Rounding.FloatEven, 3)]
    public void Int4_dense_layers(Rounding rounding, int seed)
    {
        var maker = new GraphMaker(seed) { Rounding = rounding };
        Tensor[] outputs = [.. Enumerable.Range(0, 8).Select(_ =>
            maker.Int8(
                maker.Int8Input(maker.Random.Next(1, 3), maker.Random.Next(1, 2000)), maker.Random.Next(1, 90)))];
        Agreement.Check(Int4Maker.Shrink(maker.Build(outputs), maker.Random), Runs, seed);
    }

    [Fact]
    public void Int4_in_a_dense_layer_with_dynamic_range()
    {
        var maker = new GraphMaker(1);
        Tensor output = maker.Hybrid(maker.FloatInput(2, 37), 11);
        Agreement.Check(Int4Maker.Shrink(maker.Build(output), maker.Random), Runs);
    }

    [Fact]
    public void Float16_weights()
    {
        var maker = new GraphMaker(1);
        Graph graph = maker.Build(maker.Float32(maker.FloatInput(2, 37), 11),
            maker.Conv2D(maker.RandomImage(TensorType.Float32, 5), 9, (3, 3), new WindowOptions()));
        var half = graph.Tensors.Where(t => t.IsConstant)
            .ToDictionary(t => t, t => new Tensor(t.Name, TensorType.Float16, t.Shape, data:
            [.. MemoryMarshal.Cast<byte, float>(t.Data!.Value.AsSpan()).ToArray()
                .SelectMany(v => BitConverter.GetBytes((Half)v))]));
        Tensor Of(Tensor tensor) => half.GetValueOrDefault(tensor, tensor);
        Graph stored = graph with
        {
            Tensors = [.. graph.Tensors.Select(Of)],
            Operators = [.. graph.Operators.Select(o => o.With([.. o.Inputs.Select(Of)], o.Outputs))],
        };
        Assert.Equal(graph.ConstantBytes / 2, stored.ConstantBytes);
        Agreement.Check(stored, Runs);
    }

    [Fact]
    public void The_program_holds_the_weights_in_4_bits()
    {
        var maker = new GraphMaker(1);
        Tensor image = maker.Int8Input(new Quantization(0.25f, 7), 1, 6, 6, 32);
        Tensor features = maker.Conv2D(image, 64, (3, 3), new WindowOptions());
        Graph int8 = maker.Build(features, maker.Int8(maker.Int8Input(1, 640), 32));
        Graph int4 = Int4Maker.Shrink(int8, maker.Random);
        using var before = CompiledModel.Compile(int8);
        using var after = CompiledModel.Compile(int4);
        int weights = (64 * 9 * 32) + (640 * 32);
        Assert.InRange(before.BakedBytes - after.BakedBytes, (weights * 15 / 32) - 16, weights / 2);
    }
}
