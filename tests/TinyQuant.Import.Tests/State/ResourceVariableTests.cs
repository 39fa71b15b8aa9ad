using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.State;

/// <summary>Resource variables become variable tensors, and what CALL_ONCE assigns is what they begin with.</summary>
public sealed class ResourceVariableTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void A_variable_has_the_scale_of_what_is_assigned_and_begins_with_what_is_assigned_once()
    {
        Assert.Equal(1, _model.Initialization("state", [1, 2, 3, 4]));
        int x = _model.Int8("x", 1, 4);
        _model.CallOnce(1);
        int handle = _model.Handle("state");
        int read = _model.Int8("read", 4);
        _model.Operator(BuiltinOperator.READ_VARIABLE, [handle], [read]);
        _model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, x], []);

        Graph graph = Import([x], [read]);

        Tensor state = graph.Tensors.Single(t => t.IsVariable);
        Assert.Equal("state int8 [1,4]", state.ToString());
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, state.Data!.Value);
        Assert.Equal((0.5f, 3), (state.Quantization!.Scale, state.Quantization.ZeroPoint));
        Assert.Equal(["ReadVariable state -> read", "AssignVariable x -> state"],
            graph.Operators.Select(o => $"{o.Kind} {o.Inputs[0].Name} -> {o.Outputs[0].Name}"));
    }

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("a", "a", 1)]
    [InlineData("a", "b", 2)]
    [InlineData("a", "", 1)] // a handle that names no container takes any
    [InlineData("", "a", 2)]
    public void Handles_of_one_name_in_one_container_are_one_variable(string first, string second, int variables)
    {
        int x = _model.Int8("x", 1, 4);
        int y = _model.Int8("y", 1, 4), z = _model.Int8("z", 1, 4);
        int one = _model.Handle("state", first), other = _model.Handle("state", second);
        _model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [one, x], []);
        _model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [other, x], []);
        _model.Operator(BuiltinOperator.READ_VARIABLE, [one], [y]);
        _model.Operator(BuiltinOperator.READ_VARIABLE, [other], [z]);

        Assert.Equal(variables, Import([x], [y, z]).Tensors.Count(t => t.IsVariable));
    }

    /// <summary>The reference fills a variable with the low byte of the zero point, whatever its type.</summary>
    [Fact]
    public void A_variable_of_int16_begins_with_the_bytes_of_its_zero_point()
    {
        int x = _model.Tensor("x", TfliteType.Int16, [2], [0.5f], [0x1203]);
        int y = _model.Tensor("y", TfliteType.Int16, [2], [0.5f], [0x1203]);
        int handle = _model.Handle("state");
        _model.Operator(BuiltinOperator.READ_VARIABLE, [handle], [y]);
        _model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, x], []);

        Assert.Equal(new byte[] { 3, 3, 3, 3 }, Import([x], [y]).Tensors.Single(t => t.IsVariable).Data!.Value);
    }

    [Fact]
    public void A_variable_that_nothing_assigns()
    {
        int x = _model.Int8("x", 1, 4), y = _model.Int8("y", 1, 4);
        _model.Operator(BuiltinOperator.READ_VARIABLE, [_model.Handle("state")], [y]);

        AssertError([x], [y], "the variable 'state' is read and nothing assigns it; expected ASSIGN_VARIABLE, or "
            + "CALL_ONCE of a subgraph that does");
    }

    [Fact]
    public void A_variable_that_begins_with_another_size()
    {
        _model.Initialization("state", [1, 2, 3]);
        int x = _model.Int8("x", 1, 4), y = _model.Int8("y", 1, 4);
        _model.CallOnce(1);
        int handle = _model.Handle("state");
        _model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, x], []);
        _model.Operator(BuiltinOperator.READ_VARIABLE, [handle], [y]);

        AssertError([x], [y], "the variable 'state' begins with int8 [3] and is assigned int8 [1,4]; expected one type "
            + "and as many elements");
    }

    [Fact]
    public void An_initialization_that_computes()
    {
        int a = _model.Int8("a", 1, 4), b = _model.Int8("b", 1, 4);
        _model.Operator(BuiltinOperator.RELU, [a], [b]);
        _model.EndSubgraph([a], [b]);
        int x = _model.Int8("x", 1, 4), y = _model.Int8("y", 1, 4);
        _model.CallOnce(1);
        _model.Operator(BuiltinOperator.RELU, [x], [y]);

        AssertError([x], [y], "its subgraph has RELU; expected VAR_HANDLE, and ASSIGN_VARIABLE of constants");
    }

    [Fact]
    public void An_initialization_behind_a_use()
    {
        _model.Initialization("state", [1, 2, 3, 4]);
        int x = _model.Int8("x", 1, 4), y = _model.Int8("y", 1, 4);
        int handle = _model.Handle("state");
        _model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, x], []);
        _model.CallOnce(1);
        _model.Operator(BuiltinOperator.READ_VARIABLE, [handle], [y]);

        AssertError([x], [y],
            "it stands behind operators that read or assign variables; expected it before all of them");
    }

    [Fact]
    public void A_subgraph_that_is_not_there()
    {
        int x = _model.Int8("x", 1, 4), y = _model.Int8("y", 1, 4);
        _model.CallOnce(7);
        _model.Operator(BuiltinOperator.RELU, [x], [y]);

        AssertError([x], [y], "this is not a TensorFlow Lite model: an operator runs subgraph 7 of 1; it is damaged");
    }

    private Graph Import(int[] inputs, int[] outputs)
    {
        ImportResult result = TfliteImporter.Import(_model.Build(inputs, outputs));
        Assert.Empty(result.Errors);
        return result.Graph!;
    }

    private void AssertError(int[] inputs, int[] outputs, string message) => Assert.Contains(
        message, TfliteImporter.Import(_model.Build(inputs, outputs)).Errors.Select(e => e.Message));
}
