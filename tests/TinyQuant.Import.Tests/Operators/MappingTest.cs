using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>A test of one operator of a file, as a line of a model file.</summary>
public abstract class MappingTest
{
    private protected FlatModel Model { get; } = new();

    private protected void AssertMaps(
        string expected, BuiltinOperator code, int[] inputs, int output, int type, params (int, object)[] options) =>
        Assert.Equal(expected, Mapped.Last(With(code, inputs, output, type, options)));

    private protected void AssertRefuses(
        string message, BuiltinOperator code, int[] inputs, int output, int type = 0, params (int, object)[] options) =>
        Assert.Contains(message, Mapped.Refusal(With(code, inputs, output, type, options)), StringComparison.Ordinal);

    private protected byte[] With(BuiltinOperator code, int[] inputs, int output, int type, (int, object)[] options)
    {
        Model.Operator(code, inputs, [output], type, null, options);
        return Model.Build([inputs.First(i => i >= 0)], [output]);
    }
}
