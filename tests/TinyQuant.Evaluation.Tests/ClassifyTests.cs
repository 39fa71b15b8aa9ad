using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests;

/// <summary>The class of an input: by accumulators where they order the scores, the first of equals.</summary>
public sealed class ClassifyTests
{
    private const float PixelScale = 1f / 255;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Int8_answers_by_accumulators(int layers)
    {
        var maker = new GraphMaker(layers);
        Tensor last = maker.Int8Input(new Quantization(PixelScale, -128), 1, 30);
        for (int i = 1; i < layers; i++)
        {
            last = maker.Int8(last, 12, new() { Activation = Activation.Relu });
        }
        // A scale so coarse that many scores are one code.
        using var model = CompiledModel.Compile(
            maker.Build(maker.Int8(last, 10, new() { Output = new Quantization(3f, 0) })));
        int ties = 0;
        for (int run = 0; run < 200; run++)
        {
            byte[] pixels = Pixels(maker.Random, 30);
            (int[] accumulators, sbyte[] scores) = Expected(model.Graph, pixels);
            Assert.Equal(FirstOfGreatest(accumulators), model.Classify(pixels));
            ties += FirstOfGreatest(accumulators) != FirstOfGreatest(scores) ? 1 : 0;
        }

        Assert.True(ties > 20, $"only {ties} of 200 would have been wrong by scores");
    }

    [Fact]
    public void Per_channel_weights_answer_by_scores()
    {
        var maker = new GraphMaker(3);
        Tensor input = maker.Int8Input(new Quantization(PixelScale, -128), 1, 30);
        using var model = CompiledModel.Compile(maker.Build(maker.Int8(input, 10, new() { IsPerChannel = true })));
        for (int run = 0; run < 200; run++)
        {
            byte[] pixels = Pixels(maker.Random, 30);
            Assert.Equal(FirstOfGreatest(Expected(model.Graph, pixels).Scores), model.Classify(pixels));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_that_are_codes_of_their_own_tensor(bool hasByteScores)
    {
        var input = new Tensor("image", TensorType.UInt8, [1, 9], new(0.02f, 128));
        var codes = new Tensor("codes", TensorType.Int8, [1, 9], new(0.02f, 0));
        var scores = new Tensor("scores", TensorType.UInt8, [1, 9], new(0.04f, 100));
        using var model = CompiledModel.Compile(new Graph
        {
            Name = "bytes",
            Tensors = hasByteScores ? [input, codes, scores] : [input, codes],
            Inputs = [input],
            Outputs = [hasByteScores ? scores : codes],
            Operators = hasByteScores
                ? [new Quantize(input, codes), new Quantize(codes, scores)]
                : [new Quantize(input, codes)],
        });
        var random = new Random(5);
        for (int run = 0; run < 100; run++)
        {
            byte[] bytes = Pixels(random, 9);
            var output = new byte[9];
            model.Run([bytes], [output]);
            Assert.Equal(
                FirstOfGreatest(
                    hasByteScores
                        ? Array.ConvertAll(output, x => (int)x)
                        : Array.ConvertAll(output, x => (int)(sbyte)x)), model.Classify(
                        bytes));
        }
    }

    [Fact]
    public void The_first_of_equals()
    {
        // Zero weights and no bias: all sums are equal; with a bias, those of 2 and 5 are.
        using var equal = CompiledModel.Compile(Constant([0, 0, 0, 0, 0, 0]));
        using var pair = CompiledModel.Compile(Constant([-5, 0, 9, 8, -9, 9]));
        Assert.Equal(0, equal.Classify(new byte[4]));
        Assert.Equal(2, pair.Classify(new byte[4]));
        Assert.Equal(2, pair.Classify(new float[4]));
    }

    [Fact]
    public void Pixels_and_reals_and_codes_give_one_answer()
    {
        var maker = new GraphMaker(4);
        Tensor input = maker.Int8Input(new Quantization(PixelScale, -128), 1, 100);
        Tensor output = maker.Int8(input, 10);
        Graph graph = maker.Build(output);
        using var model = CompiledModel.Compile(graph);
        for (int run = 0; run < 200; run++)
        {
            byte[] pixels = Pixels(maker.Random, 100);
            float[] reals = [.. pixels.Select(p => p / 255f)];
            int expected = FirstOfGreatest(Expected(graph, pixels).Accumulators);
            Assert.Equal(expected, model.Classify(pixels));
            Assert.Equal(expected, model.Classify(reals));
        }
    }

    [Fact]
    public void Reals_are_quantized_for_an_input_of_any_scale()
    {
        var maker = new GraphMaker(5);
        var quantization = new Quantization(0.037f, 11);
        Tensor input = maker.Int8Input(quantization, 1, 33);
        using var model = CompiledModel.Compile(maker.Build(maker.Int8(input, 10)));
        for (int run = 0; run < 200; run++)
        {
            float[] reals = [.. Enumerable.Range(0, 33).Select(_ => (maker.Random.NextSingle() * 12) - 6)];
            byte[] codes = [.. reals.Select(r => (byte)(sbyte)Math.Clamp(
                (int)MathF.Round(r / quantization.Scale, MidpointRounding.AwayFromZero) + quantization.ZeroPoint, -128,
                127))];
            var op = (FullyConnected)model.Graph.Operators[0];
            int[] sums = PlainGraph.Accumulators(op, MemoryMarshal.Cast<byte, sbyte>(codes));
            Assert.Equal(FirstOfGreatest(sums), model.Classify(reals));
        }

        Assert.False(model.ClassifiesPixels);
        Assert.Throws<NotSupportedException>(() => model.Classify(new byte[33]));
    }

    /// <summary>
    /// A chain beside which one operator, <paramref name="reader"/>, reads the input again: until then the codes that
    /// reals became lie in the arena, and nothing may come over them.
    /// </summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    [InlineData(6, 5)]
    public void Codes_of_reals_last_until_the_input_is_read_no_more(int layers, int reader)
    {
        const int length = 48;
        var maker = new GraphMaker(layers);
        var quantization = new Quantization(0.05f, 3);
        Tensor input = maker.Int8Input(quantization, 1, length);
        Tensor last = input;
        for (int i = 0; i < layers; i++)
        {
            last = maker.Int8(last, length);
            if (i == reader)
            {
                Tensor sum = maker.Activation(
                    TensorType.Int8, new Quantization(last.Quantization!.Scale * 2, 0), 1, length);
                maker.Append(new Add([maker.Int8(input, length), last], sum));
                last = sum;
            }
        }

        using var model = CompiledModel.Compile(maker.Build(maker.Int8(last, 10, new() { IsPerChannel = true })));
        for (int run = 0; run < 50; run++)
        {
            byte[] codes = Pixels(maker.Random, length);
            float[] reals = [.. codes.Select(c => ((sbyte)c - quantization.ZeroPoint) * quantization.Scale)];
            var scores = new byte[10];
            model.Run([codes], [scores]);
            Assert.Equal(FirstOfGreatest(Array.ConvertAll(scores, s => (int)(sbyte)s)), model.Classify(reals));
        }
    }

    [Fact]
    public void Float32_and_hybrid_answer_by_scores()
    {
        foreach (bool isHybrid in new[] { false, true })
        {
            var maker = new GraphMaker(6);
            Tensor input = maker.FloatInput(1, 21);
            Graph graph = maker.Build(isHybrid ? maker.Hybrid(input, 10) : maker.Float32(input, 10));
            using var model = CompiledModel.Compile(graph);
            for (int run = 0; run < 100; run++)
            {
                byte[] bytes = Agreement.RandomInput(graph.Inputs[0], maker.Random, run);
                byte[] scores = PlainGraph.Run(graph, [bytes])[graph.Outputs[0].Name];
                Assert.Equal(
                    FirstOfGreatest(MemoryMarshal.Cast<byte, float>(scores).ToArray()),
                    model.Classify(MemoryMarshal.Cast<byte, float>(bytes)));
            }

            Assert.True(model.Classifies);
            Assert.Throws<NotSupportedException>(() => model.Classify(new byte[21]));
        }
    }

    [Fact]
    public void Several_outputs_or_rows_give_no_class()
    {
        var maker = new GraphMaker(7);
        Tensor input = maker.Int8Input(new Quantization(PixelScale, -128), 1, 8);
        using var outputs = CompiledModel.Compile(maker.Build(maker.Int8(input, 3), maker.Int8(input, 2)));
        var other = new GraphMaker(8);
        using var rows = CompiledModel.Compile(other.Build(other.Int8(other.Int8Input(4, 8), 3)));
        foreach (CompiledModel model in new[] { outputs, rows })
        {
            Assert.False(model.Classifies);
            Assert.Throws<NotSupportedException>(() => model.Classify(new byte[8]));
            Assert.Throws<NotSupportedException>(() => model.Classify(new float[8]));
        }
    }

    /// <summary>Six classes whose sums are the biases, whatever the four pixels.</summary>
    private static Graph Constant(int[] bias)
    {
        var input = new Tensor("x", TensorType.Int8, [1, 4], new Quantization(PixelScale, -128));
        var weights = new Tensor(
            "w", TensorType.Int8, [bias.Length, 4], new Quantization(1, 0), [.. new byte[bias.Length * 4]]);
        var biases = new Tensor("b", TensorType.Int32, [bias.Length], null, [.. MemoryMarshal.AsBytes(bias.AsSpan())]);
        var output = new Tensor("y", TensorType.Int8, [1, bias.Length], new Quantization(1, 0));
        return new Graph
        {
            Tensors = [input, weights, biases, output],
            Inputs = [input],
            Outputs = [output],
            Operators = [new FullyConnected([input, weights, biases], output, Activation.None)],
        };
    }

    private static (int[] Accumulators, sbyte[] Scores) Expected(Graph graph, byte[] pixels)
    {
        byte[] codes = [.. pixels.Select(p => (byte)(p - 128))];
        Dictionary<string, byte[]> values = PlainGraph.Run(graph, [codes]);
        var last = (FullyConnected)graph.Operators[^1];
        int[] sums = PlainGraph.Accumulators(last, MemoryMarshal.Cast<byte, sbyte>(values[last.Input.Name]));
        return (sums, MemoryMarshal.Cast<byte, sbyte>(values[last.Output.Name]).ToArray());
    }

    private static byte[] Pixels(Random random, int count)
    {
        var pixels = new byte[count];
        random.NextBytes(pixels);
        return pixels;
    }

    private static int FirstOfGreatest<T>(T[] values) => Array.IndexOf(values, values.Max());
}
