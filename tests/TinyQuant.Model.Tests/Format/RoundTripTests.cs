using CsCheck;

namespace TinyQuant.Model.Tests.Format;

public class RoundTripTests
{
    [Fact]
    public void What_is_read_of_a_written_model_writes_the_same_text() => Graphs.Any.Sample(graph =>
    {
        string text = ModelWriter.Write(graph);
        Graph read = Read(text);
        Assert.Equal(text, ModelWriter.Write(read));
        AssertEqual(graph, read);
    }, iter: 500);

    [Fact]
    public void A_file_with_CRLF_is_the_same_model() => Graphs.Any.Sample(graph =>
    {
        string text = ModelWriter.Write(graph);
        Assert.Equal(text, ModelWriter.Write(Read(text.Replace("\n", "\r\n"))));
    }, iter: 100);

    [Fact]
    public void The_text_is_lines_that_every_editor_counts_alike() => Graphs.Any.Sample(graph =>
        Assert.DoesNotContain(
            ModelWriter.Write(graph), c => c != '\n' && c != '\t' && (char.IsControl(c) || c is '\u2028' or '\u2029')),
        iter: 200);

    [Fact]
    public void A_large_tensor_stands_in_lines_of_a_hundred_characters()
    {
        Graph small = Graphs.Small();
        Tensor input = Graphs.Tensor("in", TensorType.Int8, [1, 1000]);
        Tensor weights = Graphs.Tensor("w", TensorType.Int8, [1000, 1000], constant: true);
        Tensor output = Graphs.Tensor("out", TensorType.Int8, [1, 1000]);
        string text = ModelWriter.Write(small with
        {
            Labels = [],
            Tensors = [input, weights, output],
            Inputs = [input],
            Outputs = [output],
            Operators = [Graphs.Layer(input, weights, null, output)],
        });
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 102));
        Assert.Equal(1_000_000, Read(text).Tensors[1].Data!.Value.Length);
        Assert.Equal(text, ModelWriter.Write(Read(text)));
    }

    [Fact]
    public void A_line_break_in_a_note_is_written_as_a_space() =>
        Assert.Equal(
            ["a  b c"], Read(ModelWriter.Write(Graphs.Small() with { Notes = ["a\r\nb\u2028c"] })).Notes.ToArray());

    [Fact]
    public void An_invalid_graph_is_not_written()
    {
        Graph graph = Graphs.Small() with { Labels = ["one"] };
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ModelWriter.Write(graph));
        Assert.StartsWith("The graph 'small' is not valid: there are 1 labels for output 'scores' [1,3]; expected 3.",
            thrown.Message);
    }

    private static Graph Read(string text)
    {
        ModelReadResult result = ModelReader.Read(text);
        Assert.Empty(result.Errors);
        return result.Graph!;
    }

    private static void AssertEqual(Graph expected, Graph actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Metrics.ToArray(), actual.Metrics.ToArray());
        Assert.Equal(expected.Rounding, actual.Rounding);
        Assert.Equal(expected.Labels.ToArray(), actual.Labels.ToArray());
        Assert.Equal(expected.Inputs.Select(t => t.Name), actual.Inputs.Select(t => t.Name));
        Assert.Equal(expected.Outputs.Select(t => t.Name), actual.Outputs.Select(t => t.Name));
        foreach ((Tensor a, Tensor b) in expected.Tensors.Zip(actual.Tensors))
        {
            Assert.Equal((a.Name, a.Type, a.ShapeText, a.IsConstant), (b.Name, b.Type, b.ShapeText, b.IsConstant));
            Assert.Equal(a.Quantization?.Scales.ToArray(), b.Quantization?.Scales.ToArray());
            Assert.Equal(a.Quantization?.ZeroPoint, b.Quantization?.ZeroPoint);
            Assert.Equal(a.Data?.ToArray(), b.Data?.ToArray());
        }

        foreach ((Operator a, Operator b) in expected.Operators.Zip(actual.Operators))
        {
            Assert.Equal(((FullyConnected)a).Activation, ((FullyConnected)b).Activation);
            Assert.Equal(
                a.Inputs.Concat(a.Outputs).Select(t => t.Name), b.Inputs.Concat(b.Outputs).Select(t => t.Name));
        }
    }
}
