using TinyQuant.Model.Tests.Format;

namespace TinyQuant.Model.Tests;

/// <summary>The least and the greatest zero point of each type, and those beyond, in code and in files.</summary>
public class ZeroPointTests
{
    public static TheoryData<TensorType, int, int> Ends { get; } = new()
    {
        { TensorType.Int8, -128, 127 }, { TensorType.UInt8, 0, 255 }, { TensorType.Int16, -32768, 32767 }, { TensorType.Int4, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Made_in_code(TensorType type, int least, int greatest)
    {
        Assert.Empty(Validate(type, least));
        Assert.Empty(Validate(type, greatest));
        Assert.Equal(Message(least - 1), Assert.Single(Validate(type, least - 1)));
        Assert.Equal(Message(greatest + 1), Assert.Single(Validate(type, greatest + 1)));

        string Message(int zeroPoint) => $"tensor 't' has zero point {zeroPoint}; expected one from {least} to {greatest}";
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Read_from_a_file(TensorType type, int least, int greatest)
    {
        Assert.Empty(Read(type, least));
        Assert.Empty(Read(type, greatest));
        Assert.Equal(Message(least - 1), Assert.Single(Read(type, least - 1)));
        Assert.Equal(Message(greatest + 1), Assert.Single(Read(type, greatest + 1)));

        string Message(int zeroPoint) => $"'{zeroPoint}' is not a zero point; expected an integer from {least} to {greatest}";
    }

    private static IEnumerable<string> Validate(TensorType type, int zeroPoint)
    {
        var tensor = new Tensor("t", type, [2], new(1, zeroPoint), [.. new byte[type.ByteLength(2)]]);
        Graph graph = Graphs.Small();
        return GraphValidator.Validate(graph with { Tensors = graph.Tensors.Add(tensor) }).Select(e => e.Message);
    }

    /// <summary>A line with one more tensor, which nothing uses, before the inputs.</summary>
    private static IEnumerable<string> Read(TensorType type, int zeroPoint) => ModelReader.Read(Texts.With(
        10, $"tensor t {type.ToName()} [2] scale 1 zero {zeroPoint} data\n  {Convert.ToBase64String(new byte[type.ByteLength(2)])}\ninput in"))
        .Errors.Select(e => e.Message);
}
