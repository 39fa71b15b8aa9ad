namespace TinyQuant.Model.Tests.Operators;

/// <summary>Operators that read or write truth values.</summary>
public class ComparisonTests
{
    public static TheoryData<string> Kinds { get; } =
        new("Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Types_that_are_compared(string kind)
    {
        bool isEquality = kind.EndsWith("qual", StringComparison.Ordinal) && kind.Length <= "NotEqual".Length;
        foreach (TensorType type in TensorTypes.Computing)
        {
            bool fits = type is TensorType.Float32 or TensorType.Int8 or TensorType.Int32 or TensorType.Int64
                || (type == TensorType.Bool && isEquality);
            string[] errors = [.. Make(kind, Of("a", type), Of("b", type), Of("y", TensorType.Bool)).Validate()];
            string types = isEquality
                ? "float32 or int8 or int32 or int64 or bool"
                : "float32 or int8 or int32 or int64";
            Assert.Equal(fits ? [] : [$"'a' is {type.ToName()}; expected {types}"], errors);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_does_not_fit(string kind)
    {
        Tensor real = Of("r", TensorType.Float32);
        Assert.Equal(["'y' is int8; expected bool"], Make(kind, real, real, Of("y", TensorType.Int8)).Validate());
        Assert.Equal(["'c' is int8; expected float32, as 'r' is"],
            Make(kind, real, Of("c", TensorType.Int8), Of("y", TensorType.Bool)).Validate());
        Assert.Equal(["'y' has shape [4]; expected [3]"],
            Make(kind, real, real, Graphs.Tensor("y", TensorType.Bool, [4])).Validate());
        Tensor wide = Graphs.Tensor("w", TensorType.Int8, [3], quantization: new(1, 0));
        Assert.Equal(
            ["'w' has the scale 1; expected one below 1, as codes are compared in 1/256 of a real unit"],
            Make(kind, Of("c", TensorType.Int8), wide, Of("y", TensorType.Bool)).Validate());
    }

    [Fact]
    public void Truth_values_alone_are_joined()
    {
        Tensor truth = Of("t", TensorType.Bool), code = Of("c", TensorType.Int8);
        Assert.Empty(new LogicalAnd([truth, truth], truth).Validate());
        Assert.Equal(["'c' is int8; expected bool"], new LogicalAnd([code, code], code).Validate());
        Assert.Equal(["'c' is int8; expected bool, as 't' is"], new LogicalOr([truth, truth], code).Validate());
        Assert.Equal(["'c' is int8; expected bool"], new LogicalNot(code, code).Validate());
        Assert.Equal(["'c' is int8; expected bool"],
            new ReduceAll(code, Graphs.Tensor("y", TensorType.Int8, []), [0]).Validate());
        Assert.Empty(new ReduceAll(truth, Graphs.Tensor("y", TensorType.Bool, []), [0]).Validate());
    }

    [Fact]
    public void Selections_are_stretched_to_the_shape_of_all_three()
    {
        Tensor condition = Graphs.Tensor("c", TensorType.Bool, [2, 1]);
        Tensor x = Graphs.Tensor("x", TensorType.Int8, [3], quantization: new(0.5f, 0));
        Tensor z = Graphs.Tensor("z", TensorType.Int8, [4, 1, 1], quantization: new(0.25f, 1));
        Tensor y = Graphs.Tensor("y", TensorType.Int8, [4, 2, 3]);
        Assert.Empty(new SelectV2([condition, x, z], y).Validate());
        Assert.Equal(["'y' has shape [4,2,3]; expected [2,3]"], new SelectV2([condition, x, x], y).Validate());
        Assert.Equal(
            ["'c' [2,1], 'w' [5,3] and 'x' [3] cannot be stretched to one shape"],
            new SelectV2([condition, Graphs.Tensor("w", TensorType.Int8, [5, 3]), x], y).Validate());
        Assert.Equal(
            ["'x' is int8; expected bool", "'c' is bool; expected float32 or int8 or int16"],
            new SelectV2([x, condition, condition], Graphs.Tensor("y", TensorType.Bool, [2, 3])).Validate());
        Assert.Empty(new SelectV2([condition, x, z], y).InPlaceInputs);
        Assert.Equal([1, 2], new SelectV2([condition, y, y], y).InPlaceInputs.ToArray());
    }

    private static BinaryOperator Make(string kind, Tensor a, Tensor b, Tensor y) => kind switch
    {
        "Equal" => new Equal([a, b], y),
        "NotEqual" => new NotEqual([a, b], y),
        "Greater" => new Greater([a, b], y),
        "GreaterEqual" => new GreaterEqual([a, b], y),
        "Less" => new Less([a, b], y),
        _ => new LessEqual([a, b], y),
    };

    private static Tensor Of(string name, TensorType type) => Graphs.Tensor(
        name, type, [3],
        quantization: type is TensorType.Int8 or TensorType.UInt8 or TensorType.Int16 ? new(0.5f, 0) : null);
}
