using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.State;

/// <summary>State in the subgraphs that IF and WHILE run.</summary>
public sealed class SubgraphStateTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void A_variable_of_one_name_is_one_in_all_subgraphs_and_what_assigns_it_is_kept()
    {
        Assert.Equal(1, Assignment());
        Assert.Equal(2, _model.Simple(BuiltinOperator.ABS));
        (int c, int x, int y) = Main();
        int unused = _model.Int8("unused", 1, 4);
        _model.If([c, x], [unused], then: 1, otherwise: 2);
        _model.Read(_model.Handle("state"), y);

        Graph graph = Import([c, x], [y]);

        var branch = Assert.IsType<If>(graph.Operators[0]);
        Assert.Equal(["ReadVariable state -> b", "AssignVariable a -> state"], Lines(branch.Then));
        Assert.Equal("ReadVariable state -> y", Lines(graph)[1]);
        Assert.Equal("state int8 [1,4]", Assert.Single(graph.States).ToString());
    }

    [Fact]
    public void A_handle_that_a_branch_is_given()
    {
        int handle = _model.EmptyHandle("given"), a = _model.Int8("a", 1, 4), b = _model.Int8("b", 1, 4);
        _model.Read(handle, b);
        _model.Assign(handle, a);
        _model.EndSubgraph([handle, a], [b]);
        handle = _model.EmptyHandle("given");
        a = _model.Int8("a", 1, 4);
        b = _model.Int8("b", 1, 4);
        _model.Operator(BuiltinOperator.ABS, [a], [b]);
        _model.EndSubgraph([handle, a], [b]);
        (int c, int x, int y) = Main();
        _model.If([c, _model.Handle("state"), x], [y], then: 1, otherwise: 2);

        var branch = Assert.IsType<If>(Assert.Single(Import([c, x], [y]).Operators));

        Assert.Equal("c x -> y", $"{string.Join(" ", branch.Inputs.Select(t => t.Name))} -> {branch.Outputs[0].Name}");
        Assert.Equal(["ReadVariable state -> b", "AssignVariable a -> state"], Lines(branch.Then));
        Assert.Equal(["Abs a -> b"], Lines(branch.Else));
    }

    /// <summary>A loop has the handle among its values, and hands it back as it was.</summary>
    [Fact]
    public void A_handle_that_a_loop_hands_on()
    {
        int handle = _model.EmptyHandle("h"), a = _model.Int8("a", 1, 1), more = _model.Tensor(
            "more", TfliteType.Bool, [1, 1]), limit = _model.Int8("limit", 1, 1);
        _model.Read(handle, limit);
        _model.Operator(BuiltinOperator.LESS, [a, limit], [more]);
        _model.EndSubgraph([handle, a], [more]);
        handle = _model.EmptyHandle("h");
        a = _model.Int8("a", 1, 1);
        int b = _model.Int8("b", 1, 1);
        _model.Operator(BuiltinOperator.ABS, [a], [b]);
        _model.Assign(handle, b);
        _model.EndSubgraph([handle, a], [handle, b]);
        int x = _model.Int8("x", 1, 1), y = _model.Int8("y", 1, 1), z = _model.Int8("z", 1, 1);
        int after = _model.EmptyHandle("after");
        _model.While([_model.Handle("state"), x], [after, y], condition: 1, body: 2);
        _model.Read(after, z);

        Graph graph = Import([x], [y, z]);

        var loop = Assert.IsType<While>(graph.Operators[0]);
        Assert.Equal(["x", "y"], loop.Inputs.Concat(loop.Outputs).Select(t => t.Name));
        Assert.Equal("ReadVariable state -> limit", Lines(loop.Condition)[0]);
        Assert.Equal(["Abs a -> b", "AssignVariable b -> state"], Lines(loop.Body));
        Assert.Equal("ReadVariable state -> z", Lines(graph)[1]);
    }

    [Fact]
    public void A_handle_that_comes_back_in_another_place()
    {
        int handle = _model.EmptyHandle("h"), a = _model.Int8("a", 1, 4);
        _model.Assign(handle, a);
        _model.EndSubgraph([a, handle], [handle]);
        (int c, int x, int y) = Main();
        _model.If([c, x, _model.Handle("state")], [y], then: 1, otherwise: 1);

        AssertError([c, x], [y], "operator 1 (IF), tensor 'y' int8 [1,4]: in subgraph 1, its output 0 is the handle of "
            + "the variable 'state'; expected the handle that it is given in that place, or none");
    }

    /// <summary>As the reference does, which prepares the model first, and then the subgraphs by their index.</summary>
    [Theory]
    [InlineData(true, "state int8 [4]")]
    [InlineData(false, "state int8 [1,4]")]
    public void The_assignment_that_is_prepared_first_gives_shape_and_scale(bool inModel, string state)
    {
        Assignment();
        (int c, int x, int y) = Main();
        int flat = _model.Int8("flat", 4);
        _model.If([c, x], [y], then: 1, otherwise: 1);
        _model.Operator(
            BuiltinOperator.RESHAPE, [x, _model.Ints("shape", 4)], [flat]);
        if (inModel)
        {
            _model.Assign(_model.Handle("state"), flat);
        }

        Assert.Equal(state, Assert.Single(Import([c, x], [y, flat]).States).ToString());
    }

    [Fact]
    public void What_a_branch_assigns_once_is_what_its_own_variable_begins_with()
    {
        _model.Initialization("state", [1, 2, 3, 4]);
        Initialized();
        (int c, int x, int y) = Main();
        _model.If([c, x], [y], then: 2, otherwise: 2);

        Graph graph = Import([c, x], [y]);

        Assert.Equal(new byte[] { 1, 2, 3, 4 }, Assert.Single(graph.States).Data!.Value);
        Assert.All(graph.Operators[0].Subgraphs, g => Assert.Equal("ReadVariable state -> b", Lines(g)[0]));
    }

    /// <summary>The model could read it before the branch runs for the first time.</summary>
    [Fact]
    public void What_a_branch_assigns_once_and_others_use()
    {
        _model.Initialization("state", [1, 2, 3, 4]);
        Initialized();
        (int c, int x, int y) = Main();
        int z = _model.Int8("z", 1, 4);
        _model.Read(_model.Handle("state"), z);
        _model.If([c, x], [y], then: 2, otherwise: 2);

        AssertError([c, x], [y, z], "operator 2 (IF), tensor 'y' int8 [1,4]: in subgraph 2, operator 0 (CALL_ONCE): it "
            + "assigns 'state' when the subgraph runs for the first time, which other subgraphs read or assign too; "
            + "expected it in the model itself");
    }

    /// <summary>Its memory is the subgraph's, whoever runs it.</summary>
    [Fact]
    public void An_operator_of_a_subgraph_that_two_run_has_one_state_under_a_name_of_its_own()
    {
        int a = _model.Tensor("a", TfliteType.Int16, [4]), b = _model.Tensor("b", TfliteType.Int16, [4]);
        _model.CustomOptions = Flex.Write(4, ("delay_length", 2));
        _model.Operator(BuiltinOperator.CUSTOM, [a], [b], custom: "SignalDelay");
        _model.CustomOptions = [];
        _model.EndSubgraph([a], [b]);
        int c = _model.Tensor("c", TfliteType.Bool, [1]), x = _model.Tensor("b_state", TfliteType.Int16, [4]);
        int y = _model.Tensor("y", TfliteType.Int16, [4]), z = _model.Tensor("z", TfliteType.Int16, [4]);
        _model.If([c, x], [y], then: 1, otherwise: 1);
        _model.If([c, y], [z], then: 1, otherwise: 1);

        Graph graph = Import([c, x], [z]);

        Assert.Equal("b_state int16 [2]", Assert.Single(graph.States).ToString());
        Assert.Equal("b_state_2", graph.Inputs[1].Name);
        Assert.All(graph.Operators.SelectMany(o => o.Subgraphs),
            g => Assert.Equal(["a", "b_state"], g.Operators[0].Inputs.Select(t => t.Name)));
    }

    [Fact]
    public void A_buffer_in_a_branch_ends_runs()
    {
        int a = _model.Int8("a", 1, 1, 1, 1), b = _model.Int8("b", 1, 2, 1, 1);
        _model.Operator(BuiltinOperator.CUSTOM, [a], [b], custom: "CIRCULAR_BUFFER");
        _model.EndSubgraph([a], [b]);
        int c = _model.Tensor("c", TfliteType.Bool, [1]), x = _model.Int8("x", 1, 1, 1, 1);
        int y = _model.Int8("y", 1, 2, 1, 1);
        _model.If([c, x], [y], then: 1, otherwise: 1);

        Graph graph = Import([c, x], [y]);

        Assert.True(Assert.Single(graph.Operators).EndsRuns);
        Assert.Equal(["b_state", "b_runs"], graph.States.Select(t => t.Name));
    }

    /// <summary>Subgraph: gives what the variable held, and assigns its input.</summary>
    private int Assignment()
    {
        int a = _model.Int8("a", 1, 4), b = _model.Int8("b", 1, 4), handle = _model.Handle("state");
        _model.Read(handle, b);
        _model.Assign(handle, a);
        return _model.EndSubgraph([a], [b]);
    }

    /// <summary>The same behind an initialization, which is subgraph 1.</summary>
    private void Initialized()
    {
        _model.CallOnce(1);
        Assert.Equal(2, Assignment());
    }

    private (int Condition, int X, int Y) Main() =>
        (_model.Tensor("c", TfliteType.Bool, [1]), _model.Int8("x", 1, 4), _model.Int8("y", 1, 4));

    private static string[] Lines(Graph graph) =>
        [.. graph.Operators.Select(o => $"{o.Kind} {o.Inputs[0].Name} -> {o.Outputs[0].Name}")];

    private Graph Import(int[] inputs, int[] outputs)
    {
        ImportResult result = TfliteImporter.Import(_model.Build(inputs, outputs));
        Assert.Empty(result.Errors);
        return result.Graph!;
    }

    private void AssertError(int[] inputs, int[] outputs, string line) => Assert.Equal(
        line, Assert.Single(TfliteImporter.Import(_model.Build(inputs, outputs)).Errors).ToString());
}
