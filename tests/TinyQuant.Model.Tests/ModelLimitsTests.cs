using System.Collections.Immutable;

namespace TinyQuant.Model.Tests;

/// <summary>Models at each limit are taken, and beyond it refused with the line and the limit.</summary>
public class ModelLimitsTests
{
    [Fact]
    public void As_many_operators_as_there_may_be() => Takes(Chain(ModelLimits.Operators));

    [Fact]
    public void One_operator_more() =>
        Refuses(Chain(ModelLimits.Operators + 1), "the model has 10001 operators; expected at most 10000");

    [Fact]
    public void As_many_tensors_as_there_may_be() => Takes(Unused(ModelLimits.Tensors));

    [Fact]
    public void One_tensor_more() =>
        Refuses(Unused(ModelLimits.Tensors + 1), "the model has 20001 tensors; expected at most 20000");

    [Fact]
    public void As_many_operands_as_there_may_be() => Takes(Joined(ModelLimits.Operands));

    [Fact]
    public void One_operand_more() =>
        Refuses(Joined(ModelLimits.Operands + 1),
            "Concatenation reads 1025 tensors and writes 1; expected at most 1024");

    [Fact]
    public void As_many_outputs_as_there_may_be() => Takes(Many(ModelLimits.Operands));

    [Fact]
    public void One_output_more() =>
        Refuses(Many(ModelLimits.Operands + 1), "the model has 1 inputs and 1025 outputs; expected at most 1024");

    [Fact]
    public void As_long_a_name_as_there_may_be() => Takes(Named(new string('x', ModelLimits.NameLength)));

    [Fact]
    public void One_character_more() => Refuses(Named(new string('x', ModelLimits.NameLength + 1)),
        "the name of a tensor has 4097 characters, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'; expected at most "
            + "4096");

    private static void Takes(string text)
    {
        ModelReadResult read = ModelReader.Read(text);
        Assert.Empty(read.Errors);
        Assert.NotNull(read.Graph);
    }

    private static void Refuses(string text, string message)
    {
        ImmutableArray<ModelError> errors = ModelReader.Read(text).Errors;
        Assert.Equal([message], errors.Select(e => e.Message));
    }

    private static string Text(IEnumerable<string> lines) =>
        string.Join('\n', lines.Prepend("tinyquant-model 1")) + "\n";

    private static string Chain(int length) => Text([
        .. Enumerable.Range(0, length + 1).Select(i => $"tensor t{i} float32 [1]"), "input t0", $"output t{length}",
        .. Enumerable.Range(0, length).Select(i => $"op Relu t{i} -> t{i + 1}")]);

    private static string Unused(int tensors) => Text([
        .. Enumerable.Range(0, tensors).Select(i => $"tensor t{i} float32 [1]"), "input t0", "output t1",
        "op Relu t0 -> t1"]);

    private static string Joined(int inputs) => Text([
        "tensor x float32 [1]", $"tensor y float32 [{inputs}]", "input x", "output y",
        $"op Concatenation {string.Join(' ', Enumerable.Repeat("x", inputs))} -> y axis=0"]);

    private static string Many(int outputs) => Text([
        "tensor x float32 [1]", .. Enumerable.Range(0, outputs).Select(i => $"tensor y{i} float32 [1]"), "input x",
        "output " + string.Join(' ', Enumerable.Range(0, outputs).Select(i => $"y{i}")),
        .. Enumerable.Range(0, outputs).Select(i => $"op Relu x -> y{i}")]);

    private static string Named(string name) =>
        Text([$"tensor {name} float32 [1]", "tensor y float32 [1]", $"input {name}", "output y",
            $"op Relu {name} -> y"]);
}
