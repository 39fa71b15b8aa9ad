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
        int a = _model.Int8("a", 1, 2), b = _model.Int8("b", 1, 2);
        _model.Operator(BuiltinOperator.ABS, [a], [b]);
        _model.Signature("decode", _model.EndSubgraph([a], [b]));
        _model.Signature("encode", 0);
        return One(asked);
    }
}
