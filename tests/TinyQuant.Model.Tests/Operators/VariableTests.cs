namespace TinyQuant.Model.Tests.Operators;

public class VariableTests
{
    private static readonly Tensor s_variable = new("v", TensorType.Int8, [2, 3], isVariable: true);

    [Fact]
    public void Codes_are_copied_under_any_shape_and_scale()
    {
        var other = new Tensor("t", TensorType.Int8, [6], new Quantization(0.5f, 3));

        Assert.Empty(new ReadVariable(s_variable, other).Validate());
        Assert.Empty(new AssignVariable(other, s_variable).Validate());
    }

    [Theory]
    [InlineData(TensorType.Int8, 5, "'t' [5] has 5 elements; expected 6, as the variable 'v' [2,3] has")]
    [InlineData(TensorType.Int16, 6, "'t' is int16; expected int8, as 'v' is")]
    public void Not_under_another_type_or_size(TensorType type, int count, string message)
    {
        var other = new Tensor("t", type, [count]);

        Assert.Equal([message], new ReadVariable(s_variable, other).Validate());
        Assert.Equal([message], new AssignVariable(other, s_variable).Validate());
    }

    [Theory]
    [InlineData("op ReadVariable x -> y", "ReadVariable takes 'x' as state; expected a variable tensor")]
    [InlineData("op AssignVariable x -> y", "AssignVariable writes 'y'; expected a variable tensor")]
    [InlineData("op Relu v -> y",
        "Relu takes 'v' as an input; a variable tensor is the state of an operator")]
    [InlineData("op Relu x -> v\nop ReadVariable v -> y",
        "Relu writes 'v', which is a constant, variable, an input or already written; expected a tensor of its own")]
    [InlineData("op Svdf x f t v -> z rank=1\nop ReadVariable v -> y",
        "ReadVariable takes 'v' as state, which another operator has; expected a tensor of its own")]
    [InlineData("op ReadVariable v -> y\nop Svdf x f t v -> z rank=1",
        "Svdf takes 'v' as state, which another operator has; expected a tensor of its own")]
    [InlineData("op Svdf x f t v -> y rank=1\nop AssignVariable x -> v",
        "AssignVariable writes 'v', which is the state of another operator; expected a variable tensor of its own")]
    public void State_is_taken_as_such_by_those_that_share_it(string operators, string message)
    {
        ModelReadResult read = ModelReader.Read($"""
            tinyquant-model 1
            tensor x float32 [1,2]
            tensor v float32 [1,2] variable
            tensor f float32 [1,2] data
              AAAAAAAAAAA=
            tensor t float32 [1,2] data
              AAAAAAAAAAA=
            tensor y float32 [1,{(operators.Contains("-> y rank", StringComparison.Ordinal) ? 1 : 2)}]
            tensor z float32 [1,1]
            input x
            output y
            {operators}
            """);

        Assert.Contains(message, read.Errors.Select(e => e.Message));
    }

    [Fact]
    public void A_variable_is_written_with_what_it_begins_with()
    {
        const string text = """
            tinyquant-model 1
            name m
            rounding double

            tensor x float32 [1]
            tensor v float32 [1] variable data
              AACAPw==
            tensor y float32 [1]

            input x
            output y
            op AssignVariable x -> v
            op ReadVariable v -> y

            """;

        ModelReadResult read = ModelReader.Read(text);

        Assert.Empty(read.Errors);
        Assert.Equal(new byte[] { 0, 0, 0x80, 0x3f }, read.Graph!.Tensors[1].Data!.Value);
        Assert.Equal(text, ModelWriter.Write(read.Graph));
    }

    [Theory]
    [InlineData("variable scale 1", "'scale' stands behind 'variable'; expected data or the end of the line")]
    [InlineData("variable variable", "'variable' stands behind 'variable'; expected data or the end of the line")]
    public void Nothing_but_data_stands_behind_variable(string properties, string message) => Assert.Contains(
        message,
        ModelReader.Read($"tinyquant-model 1\ntensor v int8 [1] {properties}\n").Errors.Select(e => e.Message));
}
