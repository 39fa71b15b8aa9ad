using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests;

/// <summary>A line for each cause, however many tensors and operators it is about.</summary>
public sealed class CauseTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void A_type_is_one_line_whatever_takes_it()
    {
        int x = _model.Int8("x", 1, 2);
        int y = x;
        for (int i = 0; i < 9; i++)
        {
            int strange = _model.Tensor($"strange{i}", TfliteType.UInt16, [1, 2 + i], [0.5f]);
            int next = _model.Int8($"n{i}", 1, 2);
            _model.Operator(i % 2 == 0 ? BuiltinOperator.ADD : BuiltinOperator.MUL, [y, strange], [next],
                i % 2 == 0 ? 11 : 21);
            y = next;
        }

        ImportError error = Assert.Single(TfliteImporter.Import(_model.Build([x], [y])).Errors,
            e => e.Message.Contains("uint16", StringComparison.Ordinal));

        Assert.Equal(8, error.More);
        Assert.EndsWith("(and 8 more of the kind)", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_is_one_line_and_another_is_another()
    {
        int x = _model.Int8("x", 1, 2);
        int y = x;
        foreach (BuiltinOperator code in (BuiltinOperator[])
            [BuiltinOperator.RFFT2D, BuiltinOperator.UNIQUE, BuiltinOperator.RFFT2D, BuiltinOperator.RFFT2D])
        {
            int next = _model.Int8("n", 1, 2);
            _model.Operator(code, [y], [next]);
            y = next;
        }

        Assert.Equal([("RFFT2D", 2), ("UNIQUE", 0)],
            TfliteImporter.Import(_model.Build([x], [y])).Errors.Select(e => (e.OperatorName!, e.More)));
    }

    /// <summary>Of wrong types there follow wrong biases and shapes.</summary>
    [Fact]
    public void An_operator_says_the_first_thing_that_is_wrong()
    {
        int x = _model.Tensor("x", TfliteType.UInt32, [1, 2]);
        int w = _model.Tensor("w", TfliteType.Int8, [2, 2], [0.5f], [0], data: [1, 2, 3, 4]);
        int bias = _model.Tensor("b", TfliteType.Int64, [3], data: new byte[24]);
        int y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w, bias], [y], 8);

        Assert.Single(TfliteImporter.Import(_model.Build([x], [y])).Errors);
    }
}
