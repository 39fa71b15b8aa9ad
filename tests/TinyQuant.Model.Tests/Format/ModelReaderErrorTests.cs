namespace TinyQuant.Model.Tests.Format;

/// <summary>Each error of the reader with its kind, position (from 0) and text.</summary>
public class ModelReaderErrorTests
{
    private const ModelErrorKind Malformed = ModelErrorKind.Malformed;
    private const ModelErrorKind Mismatch = ModelErrorKind.Mismatch;
    private const ModelErrorKind Unsupported = ModelErrorKind.Unsupported;

    [Theory]
    [InlineData(0, "", Malformed, 0, "'' is not the first line of a model file; expected 'tinyquant-model 1'")]
    [InlineData(0, "version https://git-lfs.github.com/spec/v1", Malformed, 0,
        "run 'git lfs pull' in its repository, this is a Git LFS pointer and not the model itself: 'version "
            + "https://git-lfs.github.com/spec/...' is not the first line of a model file; expected 'tinyquant-model "
            + "1'")]
    [InlineData(0, "tinyquant-model", Malformed, 0,
        "'tinyquant-model' is not the first line of a model file; expected 'tinyquant-model 1'")]
    [InlineData(0, "tinyquant-model 2", ModelErrorKind.UnknownVersion, 16,
        "version '2' of the model format is unknown; expected 1")]
    [InlineData(1, "name", Malformed, 4, "the statement 'name' ends too early; expected the model's name")]
    [InlineData(1, "name a b", Malformed, 7,
        "'b' is more than the statement 'name' takes; expected the end of the line")]
    [InlineData(1, "name \"a", Malformed, 5,
        "a quoted name does not end; expected '\"', with \\\" \\\\ and \\uXXXX as the only escapes")]
    [InlineData(1, "name \"\\n\"", Malformed, 5,
        "a quoted name does not end; expected '\"', with \\\" \\\\ and \\uXXXX as the only escapes")]
    [InlineData(1, "name \"a\"b", Malformed, 8, "'b' follows a quoted name; expected a space")]
    [InlineData(2, "name again", Malformed, 0, "'name' stands twice; expected it once")]
    [InlineData(3, "metric accuracy", Malformed, 15, "the statement 'metric' ends too early; expected its value")]
    [InlineData(3, "metric accuracy NaN set 1", Malformed, 16, "'NaN' is not its value; expected a finite number")]
    [InlineData(3, "metric accuracy 1e999 set 1", Malformed, 16, "'1e999' is not its value; expected a finite number")]
    [InlineData(3, "metric accuracy 1 set -1", Malformed, 22,
        "'-1' is not the number of examples; expected an integer from 0 to 2147483647")]
    [InlineData(4, "rounding up", Malformed, 9, "'up' is not a rounding; expected double, single or float-even")]
    [InlineData(3, "rounding single", Malformed, 0, "'rounding' stands twice; expected it once", 4)]
    [InlineData(3, "labels a b", Malformed, 0, "'labels' stands twice; expected it once", 5)]
    [InlineData(5, "labels", Malformed, 6, "the statement 'labels' ends too early; expected a label")]
    [InlineData(10, "input", Malformed, 5, "the statement 'input' ends too early; expected a tensor's name")]
    [InlineData(10, "input x", Malformed, 6, "there is no tensor 'x'; expected one from a statement above")]
    [InlineData(1, "nam\te small", Malformed, 0,
        "'nam\\u0009e' is not a statement; expected name, note, metric, rounding, labels, tensor, subgraph, end, "
        + "input, output or op")]
    [InlineData(1, "\"name\" small", Malformed, 0,
        "'name' is not a statement; expected name, note, metric, rounding, labels, tensor, subgraph, end, "
        + "input, output or op")]
    [InlineData(12, "op", Malformed, 2, "the statement 'op' ends too early; expected an operator's name")]
    [InlineData(12, "op FullyConnected in w out", Malformed, 26,
        "the statement 'op' ends too early; expected '->' between inputs and outputs")]
    [InlineData(12, "op FullyConnected in w \"->\" out", Malformed, 23,
        "there is no tensor '->'; expected one from a statement above")]
    [InlineData(12, "op FullyConnected in -> out activation=relu", Malformed, 3,
        "FullyConnected has 1 inputs and 1 outputs; expected 2 to 3 and 1")]
    [InlineData(12, "op FullyConnected in w -> out activation=tanh", Unsupported, 30,
        "'tanh' is not a value of 'activation'; expected none, relu, relu6 or relu_n1_to_1")]
    [InlineData(12, "op FullyConnected in w -> out stride=2", Malformed, 30, "this operator has no attribute 'stride'")]
    [InlineData(12, "op FullyConnected in w -> out a=1 a=2", Malformed, 34,
        "attribute 'a' stands twice; expected it once")]
    [InlineData(12, "op FullyConnected in w -> out =1", Malformed, 30, "'=1' is not an attribute; expected key=value")]
    [InlineData(12, "op FullyConnected in w -> out activation=relu \"a=1\"", Malformed, 46,
        "'a=1' is not an attribute; expected key=value")]
    public void A_wrong_statement(
        int line, string text, ModelErrorKind kind, int column, string message, int reported = -1) =>
        Assert.Contains(
            ModelReader.Read(Texts.With(line, text)).Errors,
            e => (e.Kind, e.Line, e.Column, e.Message) == (kind, reported < 0 ? line : reported, column, message));

    [Fact]
    public void An_unknown_operator_is_answered_with_the_known_ones()
    {
        ModelError error = Assert.Single(ModelReader.Read(Texts.With(12, "op Softplus in -> out")).Errors);
        Assert.Equal((Unsupported, 12, 3), (error.Kind, error.Line, error.Column));
        Assert.StartsWith("operator 'Softplus' (its output is out int8 [1,2]) is not supported; expected one of: ",
            error.Message, StringComparison.Ordinal);
        Assert.EndsWith(string.Join(", ", OperatorRegistry.Kinds), error.Message, StringComparison.Ordinal);
        Assert.Contains("FullyConnected", OperatorRegistry.Kinds);
    }

    [Theory]
    [InlineData("tensor", Malformed, 6, "the statement 'tensor' ends too early; expected a tensor's name")]
    [InlineData("tensor out", Malformed, 10, "the statement 'tensor' ends too early; expected an element type")]
    [InlineData("tensor out int2 [1]", Unsupported, 11,
        "'int2' is not an element type; "
            + "expected float32, float16, int4, int8, uint8, int16, int32, int64, uint32, uint64 or bool")]
    [InlineData("tensor out int8", Malformed, 15, "the statement 'tensor' ends too early; expected a shape")]
    [InlineData("tensor out int8 1,2", Malformed, 16,
        "'1,2' is not a shape; expected dimensions of at least 1, as in [1,784]")]
    [InlineData("tensor out int8 [1,0]", Malformed, 16,
        "'[1,0]' is not a shape; expected dimensions of at least 1, as in [1,784]")]
    [InlineData("tensor out int8 [1,-2]", Malformed, 16,
        "'[1,-2]' is not a shape; expected dimensions of at least 1, as in [1,784]")]
    [InlineData("tensor out int8 [65536,65536,65536,65536]", Malformed, 16,
        "a tensor of shape [65536,65536,65536,65536] is too large; expected at most 2147483647 bytes and 8 dimensions")]
    [InlineData("tensor out int32 [1073741824]", Malformed, 17,
        "a tensor of shape [1073741824] is too large; expected at most 2147483647 bytes and 8 dimensions")]
    [InlineData("tensor out int8 [1,1,1,1,1,1,1,1,1]", Malformed, 16,
        "a tensor of shape [1,1,1,1,1,1,1,1,1] is too large; expected at most 2147483647 bytes and 8 dimensions")]
    [InlineData("tensor out int8 [1,2] scale", Malformed, 27,
        "the statement 'tensor' ends too early; expected a scale")]
    [InlineData("tensor out int8 [1,2] scale 0", Malformed, 28,
        "'0' is not a scale; expected a positive finite number, or a list as in [0.5,0.25]")]
    [InlineData("tensor out int8 [1,2] scale 1e39", Malformed, 28,
        "'1e39' is not a scale; expected a positive finite number, or a list as in [0.5,0.25]")]
    [InlineData("tensor out int8 [1,2] scale []", Malformed, 28,
        "'' is not a scale; expected a positive finite number, or a list as in [0.5,0.25]")]
    [InlineData("tensor out int8 [1,2] scale [1,x]", Malformed, 28,
        "'x' is not a scale; expected a positive finite number, or a list as in [0.5,0.25]")]
    [InlineData("tensor out int8 [1,2] scale [1,2,3] axis 1", Mismatch, 28,
        "there are 3 scales; expected one, or one for each slice along axis 1")]
    [InlineData("tensor out int8 [] scale [1,2]", Mismatch, 25,
        "there are 2 scales; expected one, or one for each slice along axis 0")]
    [InlineData("tensor out int8 [1,2] scale 1 scale 1", Malformed, 30, "'scale' stands twice; expected it once")]
    [InlineData("tensor out int8 [1,2] zero 1 zero 1", Malformed, 29, "'zero' stands twice; expected it once")]
    [InlineData("tensor out int8 [1,2] scale 1 axis 1 axis 1", Malformed, 37, "'axis' stands twice; expected it once")]
    [InlineData("tensor out int8 [1,2] zero 1", Malformed, 22, "'zero' without a scale; expected scale too")]
    [InlineData("tensor out int8 [1,2] axis 1", Malformed, 22, "'axis' without a scale; expected scale too")]
    [InlineData("tensor out int8 [1,2] scale 1 zero 128", Malformed, 35,
        "'128' is not a zero point; expected an integer from -128 to 127")]
    [InlineData("tensor out int8 [1,2] scale 1 zero -129", Malformed, 35,
        "'-129' is not a zero point; expected an integer from -128 to 127")]
    [InlineData("tensor out uint8 [1,2] scale 1 zero -1", Malformed, 36,
        "'-1' is not a zero point; expected an integer from 0 to 255")]
    [InlineData("tensor out uint8 [1,2] scale 1 zero 256", Malformed, 36,
        "'256' is not a zero point; expected an integer from 0 to 255")]
    [InlineData("tensor out int16 [1,2] scale 1 zero -32769", Malformed, 36,
        "'-32769' is not a zero point; expected an integer from -32768 to 32767")]
    [InlineData("tensor out int8 [1,2] scale 1 axis 2", Malformed, 35,
        "'2' is not an axis; expected an integer from 0 to 1")]
    [InlineData("tensor out int8 [1,2] scale 1 date", Malformed, 30,
        "'date' is not a property of a tensor; expected scale, zero, axis, group, variable or data")]
    [InlineData("tensor out int4 [1,2] scale 1 group 16", Malformed, 36,
        "'16' is not a group size; expected an integer from 32 to 32")]
    [InlineData("tensor out int4 [1,2] group 32", Malformed, 22, "'group' without a scale; expected scale too")]
    [InlineData("tensor out int4 [1,2] scale 1 group 32 group 32", Malformed, 39,
        "'group' stands twice; expected it once")]
    [InlineData("tensor out int8 [1,2] scale 1 group 32", Malformed, 28,
        "the tensor is int8 [1,2] in groups of 32; expected groups of 32, in int4 constants alone")]
    [InlineData("tensor out int4 [1,2] scale [1,2] axis 1 group 32", Malformed, 28,
        "the tensor has groups and scales along axis 1; expected one scale, or scales along axis 0, as the groups run")]
    [InlineData("tensor out int4 [1,2] scale 1 zero 1", Malformed, 35,
        "'1' is not a zero point; expected an integer from 0 to 0")]
    [InlineData("tensor out int4 [1,3] data", Mismatch, 0,
        "tensor 'out' has 0 bytes of data; its type and shape expect 2")]
    [InlineData("tensor out int4 [2,33] scale 1 group 32 data", Mismatch, 0,
        "tensor 'out' has 0 bytes of data; its type and shape expect 37")]
    [InlineData("tensor out float16 [1,3] data", Mismatch, 0,
        "tensor 'out' has 0 bytes of data; its type and shape expect 6")]
    [InlineData("tensor out int8 [1,2] scale 1 data zero 1", Malformed, 35,
        "'zero' is more than the statement 'tensor' takes; expected the end of the line")]
    [InlineData("tensor w int8 [1,2] scale 1", Malformed, 7, "there is already a tensor 'w'; expected another name")]
    [InlineData("tensor out int8 [1,2] data", Mismatch, 0,
        "tensor 'out' has 0 bytes of data; its type and shape expect 2")]
    public void A_wrong_tensor(string text, ModelErrorKind kind, int column, string message) =>
        A_wrong_statement(9, text, kind, column, message);

    [Fact]
    public void All_mistakes_are_reported_in_one_pass_and_in_order()
    {
        string text = Texts.With(1, "name").Replace("input in", "input no").Replace("rounding single", "rounding up");
        Assert.Equal([1, 4, 10], ModelReader.Read(text).Errors.Select(e => e.Line));
    }

    [Fact]
    public void There_is_an_end_to_errors_and_their_text()
    {
        string text = "tinyquant-model 1\n" + string.Concat(Enumerable.Repeat(new string('x', 5000) + "\n", 1000));
        ModelReadResult result = ModelReader.Read(text);
        Assert.Equal(100, result.Errors.Length);
        Assert.All(result.Errors, e => Assert.True(e.Message.Length <= 2003));
    }

    [Fact]
    public void An_error_prints_as_a_compiler_prints_it() =>
        Assert.Equal("(1,17): version '2' of the model format is unknown; expected 1",
            ModelReader.Read("tinyquant-model 2").Errors.Single().ToString());
}
