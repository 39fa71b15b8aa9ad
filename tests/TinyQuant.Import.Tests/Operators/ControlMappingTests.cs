using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>IF and WHILE run other subgraphs of the file.</summary>
public sealed class ControlMappingTests
{
    private const int IfOptions = 92;
    private const int WhileOptions = 93;

    private readonly FlatModel _model = new();

    [Fact]
    public void Branches()
    {
        Assert.Equal(1, Subgraph(BuiltinOperator.RELU));
        Assert.Equal(2, Subgraph(BuiltinOperator.ABS));
        int c = _model.Tensor("c", TfliteType.Bool, [1]), x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.IF, [c, x], [y], IfOptions, options: [(0, 1), (1, 2)]);

        var op = Assert.IsType<If>(Assert.Single(Import([c, x], [y]).Operators));

        Assert.Equal(("subgraph1", "subgraph2"), (op.Then.Name, op.Else.Name));
        Assert.IsType<Relu>(Assert.Single(op.Then.Operators));
        Assert.IsType<Abs>(Assert.Single(op.Else.Operators));
    }

    [Fact]
    public void A_subgraph_that_two_run_is_there_twice()
    {
        Subgraph(BuiltinOperator.RELU);
        int c = _model.Tensor("c", TfliteType.Bool, [1]), x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.IF, [c, x], [y], IfOptions, options: [(0, 1), (1, 1)]);

        var op = Assert.IsType<If>(Assert.Single(Import([c, x], [y]).Operators));

        Assert.Equal(("subgraph1", "subgraph1_2"), (op.Then.Name, op.Else.Name));
    }

    [Fact]
    public void Loops()
    {
        int a = _model.Int8("a", 1, 2), more = _model.Tensor("more", TfliteType.Bool, [1, 1]);
        int one = _model.Int8("one", 1, 1), other = _model.Int8("other", 1, 1);
        _model.Operator(BuiltinOperator.SLICE, [a, _model.Ints("begin", 0, 0), _model.Ints("size", 1, 1)], [one], 48);
        _model.Operator(
            BuiltinOperator.SLICE, [a, _model.Ints("begin2", 0, 1), _model.Ints("size2", 1, 1)], [other], 48);
        _model.Operator(BuiltinOperator.LESS, [one, other], [more], 41);
        Assert.Equal(1, _model.EndSubgraph([a], [more]));
        Assert.Equal(2, Subgraph(BuiltinOperator.RELU));
        int x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.WHILE, [x], [y], WhileOptions, options: [(0, 1), (1, 2)]);

        var op = Assert.IsType<While>(Assert.Single(Import([x], [y]).Operators));

        Assert.Equal(("subgraph1", "subgraph2"), (op.Condition.Name, op.Body.Name));
    }

    [Fact]
    public void A_subgraph_that_runs_itself()
    {
        int c = _model.Tensor("c", TfliteType.Bool, [1]), a = _model.Int8("a", 1, 2), b = _model.Int8("b", 1, 2);
        _model.Operator(BuiltinOperator.IF, [c, a], [b], IfOptions, options: [(0, 1), (1, 1)]);
        _model.EndSubgraph([c, a], [b]);
        c = _model.Tensor("c", TfliteType.Bool, [1]);
        int x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.IF, [c, c, x], [y], IfOptions, options: [(0, 1), (1, 1)]);

        AssertError([c, x], [y],
            "operator 0 (IF), tensor 'y' int8 [1,2]: in subgraph 1, operator 0 (IF), tensor 'b' int8 "
            + "[1,2]: subgraph 1 runs itself");
    }

    [Fact]
    public void What_is_wrong_in_a_subgraph_is_one_line_of_its_operator()
    {
        int a = _model.Int8("a", 1, 2), b = _model.Int8("b", 1, 2);
        _model.Operator(BuiltinOperator.CUSTOM, [a], [b], custom: "Strange");
        _model.EndSubgraph([a], [b]);
        int c = _model.Tensor("c", TfliteType.Bool, [1]), x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.IF, [c, x], [y], IfOptions, options: [(0, 1), (1, 1)]);

        AssertError([c, x], [y],
            "operator 0 (IF), tensor 'y' int8 [1,2]: in subgraph 1, operator 0 (Strange), tensor 'b' "
            + "int8 [1,2]: the operator is not supported");
    }

    private int Subgraph(BuiltinOperator code)
    {
        int a = _model.Int8("a", 1, 2), b = _model.Int8("b", 1, 2);
        _model.Operator(code, [a], [b]);
        return _model.EndSubgraph([a], [b]);
    }

    private Graph Import(int[] inputs, int[] outputs)
    {
        ImportResult result = TfliteImporter.Import(_model.Build(inputs, outputs));
        Assert.Empty(result.Errors);
        return result.Graph!;
    }

    private void AssertError(int[] inputs, int[] outputs, string line) => Assert.Equal(
        line, Assert.Single(TfliteImporter.Import(_model.Build(inputs, outputs)).Errors).ToString());
}
