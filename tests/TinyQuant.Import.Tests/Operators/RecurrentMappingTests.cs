using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>Operators with state among their inputs, as lines of a model file.</summary>
public sealed class RecurrentMappingTests : MappingTest
{
    [Fact]
    public void Svdf_may_lack_its_bias()
    {
        int[] inputs = [
            Model.Int8("x", 1, 2), Model.Int8("f", 4, 2), Model.Int8("t", 4, 3), -1, Model.Int8("state", 1, 12)];

        AssertMaps("Svdf x f t state -> y rank=2 activation=relu", BuiltinOperator.SVDF, inputs, Model.Int8("y", 1, 2),
            6, (0, 2), (1, (byte)1), (2, true));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    public void Lstm_without_extras(int inputs) => AssertMaps(
        "UnidirectionalSequenceLstm t0 t1 t2 t3 t4 t5 t6 t7 t8 t12 t13 t14 t15 t18 t19 -> y time_major=true "
            + "cell_clip=10",
        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM, LstmInputs(inputs), Model.Int8("y", 1, 2, 3), 71, (0, (byte)4),
        (1, 10f), (3, true));

    [Theory]
    [InlineData(9, "peephole")]
    [InlineData(16, "projection")]
    [InlineData(20, "layer normalisation")]
    [InlineData(1, "CIFG")]
    public void Lstm_with_extras_is_refused(int input, string message)
    {
        int[] inputs = LstmInputs(24);
        inputs[input] = inputs[input] == -1 ? inputs[0] : -1;

        AssertRefuses(
            message, BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM, inputs, Model.Int8("y", 1, 2, 3), 71, (0, (byte)4));
    }

    private int[] LstmInputs(int count) =>
        [.. Enumerable.Range(0, count).Select(i =>
            i is (>= 9 and <= 11) or 16 or 17 or >= 20 ? -1 : Model.Int8($"t{i}", 3, 3))];
}
