using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Signatures;

public sealed class SignatureTests
{
    private readonly FlatModel _model = new();

    [Theory]
    [InlineData(null, "encode", typeof(Relu))]
    [InlineData("encode", "encode", typeof(Relu))]
    [InlineData("decode", "decode", typeof(Abs))]
    public void Of_two_signatures_one_is_the_model(string? asked, string chosen, Type op)
    {
        ImportResult result = Two(asked);

        Assert.Empty(result.Errors);
        Assert.IsType(op, Assert.Single(result.Graph!.Operators), exactMatch: true);
        Assert.Equal($"signature '{chosen}' of 'decode', 'encode'", result.Signature!.ToString());
        Assert.Contains($"its signature '{chosen}'", result.Graph.Notes);
    }

    /// <summary>The first subgraph runs, as in the reference, and there are others to choose, one or several.</summary>
    [Theory]
    [InlineData(1, "'decode'")]
    [InlineData(2, "'decode', 'again'")]
    public void The_first_subgraph_has_no_signature(int count, string all)
    {
        int other = Other();
        foreach (string name in ((string[])["decode", "again"])[..count])
        {
            _model.Signature(name, other);
        }

        ImportResult result = One(null);

        Assert.IsType<Relu>(Assert.Single(result.Graph!.Operators));
        Assert.Equal(
            $"the first subgraph, which is none of the file's signatures {all}", result.Signature!.ToString());
    }

    /// <summary>What is wrong with it may be that another one was meant.</summary>
    [Fact]
    public void A_choice_is_told_where_the_first_subgraph_is_refused()
    {
        _model.Signature("decode", Other());
        int x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.CUSTOM, [x], [y], custom: "Strange");
        ImportResult result = TfliteImporter.Import(_model.Build([x], [y]));

        Assert.Single(result.Errors);
        Assert.Equal(
            "the first subgraph, which is none of the file's signatures 'decode'", result.Signature!.ToString());
    }

    [Fact]
    public void A_signature_that_there_is_not() => Assert.Equal(
        "there is no signature 'other'; expected 'decode' or 'encode'", Assert.Single(Two("other").Errors).ToString());

    [Fact]
    public void A_file_without_signatures()
    {
        ImportResult result = One("x");

        Assert.Equal(
            "there is no signature 'x': the file has none; expected no --signature and no Signature",
            Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void One_signature_is_no_choice()
    {
        _model.Signature("serving_default", 0);

        ImportResult result = One("serving_default");

        Assert.Empty(result.Errors);
        Assert.Null(result.Signature);
        Assert.Equal("imported from TensorFlow Lite", Assert.Single(result.Graph!.Notes));
    }

    [Fact]
    public void A_signature_of_no_subgraph()
    {
        _model.Signature("serving_default", 1);

        Assert.Equal(
            "this is not a TensorFlow Lite model: a signature is of subgraph 1 of 1; it is damaged",
            Assert.Single(One(null).Errors).ToString());
    }

    private ImportResult One(string? asked)
    {
        int x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.RELU, [x], [y]);
        return TfliteImporter.Import(_model.Build([x], [y]), new ImportOptions { Signature = asked });
    }

    private ImportResult Two(string? asked)
    {
        _model.Signature("decode", Other());
        _model.Signature("encode", 0);
        return One(asked);
    }

    private int Other()
    {
        int a = _model.Int8("a", 1, 2), b = _model.Int8("b", 1, 2);
        _model.Operator(BuiltinOperator.ABS, [a], [b]);
        return _model.EndSubgraph([a], [b]);
    }
}
