using System.Reflection;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests;

/// <summary>What an instance of generated code promises: no heap, memory of its own, and checked lengths.</summary>
public sealed class InstanceTests
{
    private const int Runs = 1000;

    public static TheoryData<string> Kinds => ["int8", "hybrid", "float32"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Classify_allocates_nothing(string kind)
    {
        using var model = CompiledModel.Compile(TwoLayers(kind));
        var pixels = new byte[40];
        var reals = new float[40];
        Assert.Equal(0, Allocated(() => model.Classify(reals)));
        if (model.ClassifiesPixels)
        {
            Assert.Equal(0, Allocated(() => model.Classify(pixels)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_allocates_nothing(string kind)
    {
        Graph graph = TwoLayers(kind);
        using var model = CompiledModel.Compile(
            graph with { Outputs = [.. graph.Operators.SelectMany(o => o.Outputs)] });
        // Past the checks of CompiledModel, which may allocate.
        var adapter = (IModelAdapter)typeof(CompiledModel)
            .GetField("_adapter", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(model)!;
        byte[][] inputs = [.. model.Graph.Inputs.Select(t => new byte[t.ByteLength])];
        byte[][] outputs = [.. model.Graph.Outputs.Select(t => new byte[t.ByteLength])];
        Assert.Equal(0, Allocated(() =>
        {
            adapter.Run(inputs, outputs);
            return 0;
        }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_instances_in_two_threads_give_the_same_answers(string kind)
    {
        Graph graph = TwoLayers(kind);
        using var first = CompiledModel.Compile(graph);
        using var second = CompiledModel.Compile(graph);
        Task<List<byte[]>> other = Task.Run(() => Answers(second));
        List<byte[]> answers = Answers(first);
        Assert.Equal(answers, await other);
    }

    [Fact]
    public void Wrong_lengths_are_told_with_both()
    {
        using var model = CompiledModel.Compile(TwoLayers("int8"));
        string[] messages =
        [
            Assert.Throws<ArgumentException>(() => model.Classify(new byte[41])).Message,
            Assert.Throws<ArgumentException>(() => model.Classify(new float[41])).Message,
            Assert.Throws<ArgumentException>(() => model.Run([new byte[41]], [new byte[10]])).Message,
        ];
        Assert.All(messages, message =>
        {
            Assert.Contains("41", message, StringComparison.Ordinal);
            Assert.Contains("40", message, StringComparison.Ordinal);
        });
        string output = Assert.Throws<ArgumentException>(() => model.Run([new byte[40]], [new byte[9]])).Message;
        Assert.Contains("9", output, StringComparison.Ordinal);
        Assert.Contains("10", output, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Run([], [new byte[10]]));
        Assert.Throws<ArgumentException>(() => model.Run([new byte[40]], []));
    }

    [Fact]
    public void A_graph_that_is_not_valid_is_not_compiled()
    {
        Graph graph = TwoLayers("int8");
        Assert.Throws<ArgumentException>(() => CompiledModel.Compile(graph with { Operators = [] }));
    }

    [Fact]
    public void A_graph_that_cannot_be_generated_says_why()
    {
        // Two activations of a gigabyte live at one time: valid, and more than an arena holds.
        var maker = new GraphMaker(1);
        Tensor hidden = maker.Float32(maker.FloatInput(1 << 18, 1), 1 << 10);
        Graph graph = maker.Build(maker.Float32(maker.Float32(hidden, 1 << 10), 1));
        var error = Assert.Throws<ModelCompilationException>(() => CompiledModel.Compile(graph));
        Assert.Contains("need an arena of more than 2147483647 bytes", error.Message, StringComparison.Ordinal);
    }

    private static Graph TwoLayers(string kind)
    {
        var maker = new GraphMaker(1);
        return kind switch
        {
            "int8" => maker.Build(
                maker.Int8(maker.Int8(maker.Int8Input(new Quantization(1f / 255, -128), 1, 40), 17), 10)),
            "hybrid" => maker.Build(maker.Hybrid(maker.Hybrid(maker.FloatInput(1, 40), 17), 10)),
            _ => maker.Build(maker.Float32(maker.Float32(maker.FloatInput(1, 40), 17), 10)),
        };
    }

    private static List<byte[]> Answers(CompiledModel model)
    {
        var random = new Random(9);
        List<byte[]> answers = [];
        for (int run = 0; run < Runs; run++)
        {
            byte[] input = Agreement.RandomInput(model.Graph.Inputs[0], random, run);
            var output = new byte[model.Graph.Outputs[0].ByteLength];
            model.Run([input], [output]);
            answers.Add(output);
        }

        return answers;
    }

    private static long Allocated(Func<int> run)
    {
        for (int i = 0; i < 10; i++)
        {
            run();
        }

        return AllocatedBytes.Of(() =>
        {
            for (int i = 0; i < Runs; i++)
            {
                run();
            }
        });
    }
}
