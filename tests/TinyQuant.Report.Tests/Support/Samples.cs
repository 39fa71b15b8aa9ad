using System.Text;

namespace TinyQuant.Report.Tests.Support;

/// <summary>Models for tests, as the text of their files.</summary>
internal static class Samples
{
    /// <summary>A chain whose input is added again at its end.</summary>
    public const string Residual = """
        tinyquant-model 1
        name residual
        metric accuracy 0.9 digits/test 100
        rounding double
        labels no yes "per<haps" "never"

        tensor x int8 [1,4] scale 0.1
        tensor first.weights int8 [4,4] scale 0.01 data
          AQID/wQFBvgHCAkKCwwNDg==
        tensor second.weights int8 [4,4] scale [0.01,0.02,0.03,0.04] axis 0 data
          AQID/wQFBvgHCAkKCwwNDg==
        tensor first int8 [1,4] scale 0.05 zero -3
        tensor second int8 [1,4] scale 0.2 zero 5
        tensor "scope/of/second;sum" int8 [1,4] scale 0.3
        tensor flat int8 [4] scale 0.3
        tensor scores int8 [1,4] scale 0.00390625 zero -128
        tensor shaped int8 [1,4] scale 0.3

        input x
        output scores
        op FullyConnected x first.weights -> first activation=relu
        op FullyConnected first second.weights -> second
        op Add second x -> "scope/of/second;sum"
        op Reshape "scope/of/second;sum" -> flat
        op Reshape flat -> shaped
        op Softmax shaped -> scores

        """;

    /// <summary>A model whose names are markup.</summary>
    public const string Hostile = """
        tinyquant-model 1
        name "<script>alert(1)</script>"
        metric "<i>auc" 0.5 "\"><b>set" 10
        rounding double
        labels "<u>a" "'b"

        tensor "\" onload=\"alert(2)" float32 [1,2]
        tensor "</title></svg><img src=x>" float32 [1,2]
        tensor "y\u0000\u001b&amp;" float32 [1,2]

        input "\" onload=\"alert(2)"
        output "y\u0000\u001b&amp;"
        op Relu "\" onload=\"alert(2)" -> "</title></svg><img src=x>"
        op Relu6 "</title></svg><img src=x>" -> "y\u0000\u001b&amp;"

        """;

    public static ReportedModel Report(string text, string file = "folder/model.tqm") =>
        ReportedModel.Of(file, Encoding.UTF8.GetBytes(text), text);
}
