namespace TinyQuant.Generator.Tests;

/// <summary>Small models of every form.</summary>
internal static class Samples
{
    public const string Int8 = """
        tinyquant-model 1
        name tiny
        note made by hand
        metric accuracy 0.9 digits/test 100
        rounding double
        labels no yes "a \"quoted\" one"

        tensor image int8 [1,4] scale 0.003921569 zero -128
        tensor dense.weights int8 [3,4] scale 0.01 data
          AQID/wQFBvgHCAkK
        tensor dense.bias int32 [3] data
          CgAAABQAAADi////
        tensor scores int8 [1,3] scale 0.2 zero 12

        input image
        output scores
        op FullyConnected image dense.weights dense.bias -> scores

        """;

    public const string Float32 = """
        tinyquant-model 1
        name tiny-float
        rounding double

        tensor image float32 [1,2]
        tensor dense.weights float32 [2,2] data
          AACAPwAAAEAAAEBAAACAQA==
        tensor scores float32 [1,2]

        input image
        output scores
        op FullyConnected image dense.weights -> scores activation=relu6

        """;

    public const string Dynamic = """
        tinyquant-model 1
        name tiny-dynamic
        rounding double

        tensor image float32 [1,4]
        tensor dense.weights int8 [2,4] scale 0.01 data
          AQID/wQFBvg=
        tensor dense.bias float32 [2] data
          AACAPwAAAEA=
        tensor scores float32 [1,2]

        input image
        output scores
        op FullyConnected image dense.weights dense.bias -> scores

        """;

    /// <summary>Dynamic with weights around another code than 0, for which there is no kernel.</summary>
    public static string DynamicWithZeroPoint { get; } =
        Dynamic.Replace("scale 0.01 data", "scale 0.01 zero 3 data", StringComparison.Ordinal);

    /// <summary>Two layers read one tensor, and there are two outputs.</summary>
    public const string Branches = """
        tinyquant-model 1
        name branches
        rounding double

        tensor x int8 [1,4] scale 0.1
        tensor stem.weights int8 [4,4] scale 0.01 data
          AQID/wQFBvgHCAkKCwwNDg==
        tensor left.weights int8 [2,4] scale 0.01 data
          AQID/wQFBvg=
        tensor right.weights int8 [3,4] scale [0.01,0.02,0.03] axis 0 data
          AQID/wQFBvgHCAkK
        tensor hidden int8 [1,4] scale 0.05 zero -3
        tensor left int8 [1,2] scale 0.2 zero 5
        tensor right int8 [1,3] scale 0.3

        input x
        output left right
        op FullyConnected x stem.weights -> hidden activation=relu
        op FullyConnected hidden left.weights -> left
        op FullyConnected hidden right.weights -> right

        """;

    /// <summary>int4 weights: two outputs of 33 inputs, in groups of 32.</summary>
    public const string Int4 = """
        tinyquant-model 1
        name tiny-int4
        rounding double

        tensor image int8 [1,33] scale 0.003921569 zero -128
        tensor dense.weights int4 [2,33] scale [0.5,0.25] axis 0 group 32 data
          ISMhIyEjISMhIyEjISMhIyEjISMhIyEjISMhIyEjISMhBQESBw==
        tensor scores int8 [1,2] scale 0.2 zero 12

        input image
        output scores
        op FullyConnected image dense.weights -> scores

        """;

    /// <summary>
    /// Operators with long arguments, and some without products: a convolution, a table, another shape, a pair of
    /// views.
    /// </summary>
    public const string Windows = """
        tinyquant-model 1
        name tiny-windows
        rounding double

        tensor image int8 [1,5,5,1] scale 0.5 zero -3
        tensor conv.weights int8 [2,3,3,1] scale [0.01,0.02] axis 0 data
          AAcOFRwjKjE4P0ZNVFtiaXB3
        tensor conv int8 [1,3,3,2] scale 0.7 zero 4
        tensor swish int8 [1,3,3,2] scale 0.5 zero 1
        tensor means int8 [1,2] scale 0.25
        tensor scores int8 [2] scale 0.25

        input image
        output scores
        op Conv2D image conv.weights -> conv stride=2,2 padding=same
        op HardSwish conv -> swish
        op Mean swish -> means axes=1,2
        op Reshape means -> scores

        """;

    /// <summary>A model that keeps a state from run to run.</summary>
    public const string Stateful = """
        tinyquant-model 1
        name tiny-stateful
        rounding double

        tensor frame float32 [1,2]
        tensor feature.weights float32 [2,2] data
          AACAPwAAAEAAAEBAAACAQA==
        tensor time.weights float32 [2,3] data
          AACAPwAAAEAAAEBAAACAPwAAAEAAAEBA
        tensor memory float32 [1,6] variable
        tensor hidden float32 [1,2]
        tensor dense.weights float32 [2,2] data
          AACAPwAAAEAAAEBAAACAQA==
        tensor scores float32 [1,2]

        input frame
        output scores
        op Svdf frame feature.weights time.weights memory -> hidden rank=1
        op FullyConnected hidden dense.weights -> scores

        """;

    /// <summary>State: the output is the sum of this input and the one before.</summary>
    public const string State = """
        tinyquant-model 1
        name tiny-state
        rounding double

        tensor x float32 [1,1]
        tensor features float32 [1,1] data
          AACAPw==
        tensor time float32 [1,2] data
          AACAPwAAgD8=
        tensor state float32 [1,2] variable
        tensor y float32 [1,1]

        input x
        output y
        op Svdf x features time state -> y rank=1

        """;

    /// <summary>A program with one target.</summary>
    public static string Program(
        string arguments = "\"tiny.tqm\"", string declaration = "internal partial struct Tiny;") => $$"""
        namespace App;

        [TinyQuant.QuantizedModel({{arguments}})]
        {{declaration}}
        """;
}
