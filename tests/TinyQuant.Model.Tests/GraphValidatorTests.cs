using System.Collections.Immutable;
using TinyQuant.Model.Tests.Format;

namespace TinyQuant.Model.Tests;

public class GraphValidatorTests
{
    [Theory]
    [InlineData(12, "op FullyConnected out w -> in", 12,
        "FullyConnected reads 'out' before anything has written it; expected an input of the model or the output of "
            + "an op above")]
    [InlineData(12, "op FullyConnected in w -> in", 12,
        "FullyConnected writes 'in', which is a constant, variable, an input or already written; expected a tensor "
            + "of its own")]
    [InlineData(12, "op FullyConnected in w -> w", 12,
        "FullyConnected writes 'w', which is a constant, variable, an input or already written; expected a tensor of "
            + "its own")]
    [InlineData(12, "op FullyConnected in w -> out\nop FullyConnected in w -> out", 13,
        "FullyConnected writes 'out', which is a constant, variable, an input or already written; expected a tensor "
            + "of its own")]
    [InlineData(12, "op FullyConnected in out -> out", 12,
        "FullyConnected reads 'out' before anything has written it; expected an input of the model or the output of "
            + "an op above")]
    [InlineData(12, "", 0, "a model needs at least one input, one output and one op")]
    [InlineData(11, "", 0, "a model needs at least one input, one output and one op")]
    [InlineData(10, "", 0, "a model needs at least one input, one output and one op")]
    [InlineData(10, "input in\ninput in", 6, "'in' is an input twice")]
    [InlineData(10, "input in w", 7, "input 'w' has data; expected an activation")]
    [InlineData(11, "output in", 6, "output 'in' is written by no op")]
    [InlineData(11, "output out out", 9, "'out' is an output twice")]
    [InlineData(5, "labels a", 9, "there are 1 labels for output 'out' [1,2]; expected 2")]
    [InlineData(9, "tensor out int8 [1,3] scale 1", 12, "FullyConnected: output 'out' has shape [1,3]; expected [1,2]")]
    [InlineData(9, "tensor out int8 [1,2]", 12, "FullyConnected: int8 tensor 'out' has no scale")]
    public void A_graph_that_cannot_run(int line, string text, int reported, string message) => Assert.Contains(
        ModelReader.Read(Texts.With(line, text)).Errors,
        e => (e.Kind, e.Line, e.Message) == (ModelErrorKind.Mismatch, reported, message));

    private const string TakesState = "as state, which another operator has; expected a tensor of its own";

    [Theory]
    [InlineData("op Svdf h f t s -> y rank=1", 14, "Svdf takes 's' " + TakesState)]
    [InlineData("op Svdf x f t s -> y rank=1", 14, "Svdf takes 's' " + TakesState)]
    [InlineData("op Svdf h f t x -> y rank=1", 14, "Svdf takes 'x' as state; expected a variable tensor")]
    [InlineData("op Svdf h f t f -> y rank=1", 14, "Svdf takes 'f' as state; expected a variable tensor")]
    [InlineData("op Svdf h f t s2 -> s rank=1", 14,
        "Svdf writes 's', which is a constant, variable, an input or already written; expected a tensor of its own")]
    [InlineData("op Relu s -> y", 14, "Relu takes 's' as an input; a variable tensor is the state of an operator")]
    [InlineData("op Add h s -> y", 14, "Add takes 's' as an input; a variable tensor is the state of an operator")]
    [InlineData("op Split h -> y y axis=1", 14,
        "Split writes 'y', which is a constant, variable, an input or already written; expected a tensor of its own")]
    public void State_belongs_to_one_operator(string second, int line, string message) => Assert.Contains(
        ModelReader.Read(WithState.Replace("SECOND", second, StringComparison.Ordinal)).Errors,
        e => (e.Line, e.Message) == (line, message));

    [Theory]
    [InlineData("input x", "input x s", "input 's' is variable; expected an activation")]
    [InlineData("output y", "output y s", "output 's' is written by no op")]
    public void State_is_nobody_elses(string part, string replaced, string message)
    {
        string text = WithState.Replace("SECOND", "op Svdf h f t s2 -> y rank=1", StringComparison.Ordinal);
        Assert.Empty(ModelReader.Read(text).Errors);
        Assert.Contains(
            ModelReader.Read(text.Replace(part, replaced, StringComparison.Ordinal)).Errors, e => e.Message == message);
    }

    private const string WithState = """
        tinyquant-model 1
        rounding double
        tensor x float32 [1,1]
        tensor f float32 [1,1] data
          AACAPw==
        tensor t float32 [1,2] data
          AACAPwAAgD8=
        tensor s float32 [1,2] variable
        tensor s2 float32 [1,2] variable
        tensor h float32 [1,1]
        tensor y float32 [1,1]
        input x
        output y
        op Svdf x f t s -> h rank=1
        SECOND
        """;

    [Fact]
    public void Errors_follow_the_lines_of_the_file() => Assert.Equal(
        [9, 12, 13], ModelReader.Read(Texts.With(12, "op FullyConnected in out -> out\nop FullyConnected in w -> w")
            .Replace("labels a b", "labels a")).Errors.Select(e => e.Line).Distinct());

    public static TheoryData<int[], int, float[], int, int, string> WrongTensors { get; } = new()
    {
        { [2], 2, [1, 1], 0, -1, "tensor 't' has 2 scales; expected one, or one for each slice along axis -1 of [2]" },
        { [1, 0], 0, [1], 0, 0, "tensor 't' has a shape of 2 dimensions; expected at most 8, each at least 1" },
        { [1, 1, 1, 1, 1, 1, 1, 1, 1], 1, [1], 0, 0,
            "tensor 't' has a shape of 9 dimensions; expected at most 8, each at least 1" },
        { [65536, 65536], 0, [1], 0, 0,
            "tensor 't' of shape [65536,65536] is too large; expected at most 2147483647 bytes" },
        { [2], 1, [1], 0, 0, "tensor 't' has 1 bytes of data; its type and shape expect 2" },
        { [2], 2, [], 0, 0, "tensor 't' has a scale that is not positive and finite, or none" },
        { [2], 2, [0], 0, 0, "tensor 't' has a scale that is not positive and finite, or none" },
        { [2], 2, [1, -1], 0, 0, "tensor 't' has a scale that is not positive and finite, or none" },
        { [2], 2, [float.NaN], 0, 0, "tensor 't' has a scale that is not positive and finite, or none" },
        { [2], 2, [1, 1, 1], 0, 0, "tensor 't' has 3 scales; expected one, or one for each slice along axis 0 of [2]" },
        { [2], 2, [1, 1], 0, 1, "tensor 't' has 2 scales; expected one, or one for each slice along axis 1 of [2]" },
        { [2], 2, [1], 128, 0, "tensor 't' has zero point 128; expected one from -128 to 127" },
        { [2], 2, [1], -129, 0, "tensor 't' has zero point -129; expected one from -128 to 127" },
    };

    [Theory]
    [MemberData(nameof(WrongTensors))]
    public void A_wrong_tensor_made_in_code(int[] shape, int bytes, float[] scales, int zero, int axis, string message)
    {
        var tensor = new Tensor("t", TensorType.Int8, [.. shape], new([.. scales], zero, axis), [.. new byte[bytes]]);
        Graph graph = Graphs.Small();
        Assert.Equal(message,
            Assert.Single(GraphValidator.Validate(graph with { Tensors = graph.Tensors.Add(tensor) })).Message);
    }

    [Theory]
    [InlineData(TensorType.Int8, -128)]
    [InlineData(TensorType.Int8, 127)]
    [InlineData(TensorType.UInt8, 0)]
    [InlineData(TensorType.UInt8, 255)]
    [InlineData(TensorType.Int16, short.MinValue)]
    [InlineData(TensorType.Int16, short.MaxValue)]
    public void A_zero_point_is_any_code_of_the_type(TensorType type, int zero)
    {
        var tensor = new Tensor("t", type, [2], new([1f], zero, 0));
        Graph graph = Graphs.Small();
        Assert.Empty(GraphValidator.Validate(graph with { Tensors = graph.Tensors.Add(tensor) }));
    }

    [Fact]
    public void A_variable_begins_with_data_of_its_size()
    {
        Graph graph = Graphs.Small();
        Tensor right = new("t", TensorType.Float32, [1], null, [0, 0, 0, 0], isVariable: true);
        Tensor wrong = new("t", TensorType.Float32, [1], null, [0, 0], isVariable: true);

        Assert.False(right.IsConstant);
        Assert.Empty(GraphValidator.Validate(graph with { Tensors = graph.Tensors.Add(right) }));
        Assert.Equal("tensor 't' has 2 bytes of data; its type and shape expect 4",
            Assert.Single(GraphValidator.Validate(graph with { Tensors = graph.Tensors.Add(wrong) })).Message);
    }

    [Fact]
    public void Two_tensors_of_one_name()
    {
        Graph graph = Graphs.Small();
        Tensor again = Graphs.Tensor("w", TensorType.Int8, [1]);
        Assert.Equal("there are two tensors 'w'; expected names of their own",
            Assert.Single(GraphValidator.Validate(graph with { Tensors = graph.Tensors.Add(again) })).Message);
    }

    [Fact]
    public void A_tensor_that_the_graph_does_not_list()
    {
        Graph graph = Graphs.Small();
        Assert.Equal("tensor 'scores' is not one of the graph's tensors",
            Assert.Single(GraphValidator.Validate(graph with { Tensors = graph.Tensors.RemoveAt(3) })).Message);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, -1)]
    public void A_metric_that_cannot_be_written(double value, int count)
    {
        ImmutableArray<Metric> metrics = [new("accuracy", value, "set", count)];
        Assert.EndsWith("expected a finite value and a count of 0 or more",
            Assert.Single(GraphValidator.Validate(Graphs.Small() with { Metrics = metrics })).Message);
    }
}
