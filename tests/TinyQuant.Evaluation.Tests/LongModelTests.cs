using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Generator.Inspection;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests;

/// <summary>
/// Models of so many operators that their code stands in parts, and of large pictures: none of them is refused.
/// </summary>
public sealed class LongModelTests
{
    private const int Operators = 1_000;

    [Fact]
    public void A_chain_of_1000_operators_computes_the_same_in_parts()
    {
        using CompiledModel model = CompiledModel.Compile(Chain());
        float[] input = [-1.5f, 0.25f, 3, -0.125f];
        byte[] output = new byte[input.Length * sizeof(float)];
        model.Run([MemoryMarshal.AsBytes(input.AsSpan()).ToArray()], [output]);

        float[] expected = [.. input];
        for (int i = 0; i < Operators; i++)
        {
            expected = [.. expected.Select((x, at) => IsSum(i) ? x + input[at] : Math.Max(x, 0))];
        }

        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(output).ToArray());
    }

    [Fact]
    public void A_picture_of_4096_by_4096_is_planned()
    {
        const string text = """
            tinyquant-model 1
            tensor picture int8 [1,4096,4096,3] scale 0.00390625 zero -128
            tensor halves int8 [1,2048,2048,3] scale 0.00390625 zero -128
            tensor again int8 [1,4096,4096,3] scale 0.00390625 zero -128
            tensor sum int8 [1,4096,4096,3] scale 0.0078125 zero -128
            input picture
            output sum
            op AveragePool2D picture -> halves filter=2,2 stride=2,2
            op ResizeBilinear halves -> again
            op Add picture again -> sum
            """;
        Assert.NotNull(ModelInspector.Inspect(text, out _));
    }

    private static bool IsSum(int index) => index % 3 == 0;

    private static Graph Chain()
    {
        var maker = new GraphMaker(3);
        Tensor first = maker.FloatInput(1, 4);
        Tensor last = first;
        for (int i = 0; i < Operators; i++)
        {
            Tensor next = maker.Activation(TensorType.Float32, null, 1, 4);
            maker.Append(IsSum(i) ? new Add([last, first], next, Activation.None) : new Relu(last, next));
            last = next;
        }

        return maker.Build(last);
    }
}
