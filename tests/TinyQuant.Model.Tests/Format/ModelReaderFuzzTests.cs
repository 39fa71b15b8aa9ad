using System.Text;
using CsCheck;

namespace TinyQuant.Model.Tests.Format;

/// <summary>Whatever the text, the reader answers with a graph or with errors inside it.</summary>
public class ModelReaderFuzzTests
{
    private static readonly Gen<string> s_piece = Gen.OneOf(
        Gen.OneOfConst(
            "\n", "\r\n", "\r", " ", "\t", "\"", "\\", "\\u", "\\ud800", "=", "->", "[", "]", ",", "[]", "[1]",
            "[2147483647]",
            "[2147483647,2147483647]", "[46341,46341]", "0", "-1", "NaN", "1e-46", "1e39", "2147483648", "data",
            "scale",
            "zero",
            "axis", "tensor", "input", "output", "op", "note", "labels", "metric", "tinyquant-model 1", "====", "AQID",
            "  AQ==\n",
            "\ufeff", "\0", "\u2028", "😀"),
        Gen.String[0, 8],
        Gen.Char['\0', '\u00ff'].Select(c => c.ToString()));

    private static readonly Gen<Func<string, string>> s_mutation = Gen.OneOf(
        Gen.Select(Gen.Double.Unit, s_piece, (at, piece) => (Func<string, string>)(s => s.Insert(At(s, at), piece))),
        Gen.Select(Gen.Double.Unit, Gen.Int[1, 40],
            (at, n) => (Func<string, string>)(s => s.Remove(At(s, at), Math.Min(n, s.Length - At(s, at))))),
        Gen.Select(Gen.Double.Unit, s_piece,
            (at, piece) =>
                (Func<string, string>)(s =>
                    s[..At(s, at)] + piece + s[Math.Min(s.Length, At(s, at) + piece.Length)..])),
        Gen.Select(Gen.Double.Unit, Gen.Double.Unit, Gen.Int[1, 60], (from, to, n) => (Func<string, string>)(s =>
            s.Insert(At(s, to), s.Substring(At(s, from), Math.Min(n, s.Length - At(s, from)))))),
        Gen.Select(Gen.Int, Gen.Int, (a, b) => (Func<string, string>)(s => SwapLines(s, a, b))),
        Gen.Double.Unit.Select(at => (Func<string, string>)(s => s[..At(s, at)])));

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Const(Texts.Right), Graphs.Any.Select(ModelWriter.Write));

    [Fact]
    public void Mutated_models_are_read_or_refused() =>
        Gen.Select(s_text, s_mutation.Array[1, 4]).Sample(
            (text, mutations) => AssertAnswers(mutations.Aggregate(text, (s, mutate) => mutate(s))), iter: 8_000);

    [Fact]
    public void Random_text_is_refused() =>
        s_piece.Array[0, 60].Select(p => "tinyquant-model 1\n" + string.Join(' ', p))
            .Sample(AssertAnswers, iter: 5_000);

    [Theory]
    [InlineData("tensor a int8 [2147483647] data\n  AQID")]
    [InlineData("tensor a int8 [2147483647] scale 1\ntensor b int8 [2147483647] scale 1\ninput a\noutput b\nop "
        + "FullyConnected a b -> b")]
    [InlineData("tensor a float32 [536870911] data\n")]
    [InlineData("tensor a int8 [46340,46340] data\n  AA==")]
    public void A_small_text_cannot_ask_for_much_memory(string statements)
    {
        ModelReader.Read(Texts.Right);
        string text = "tinyquant-model 1\n" + statements;
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelReadResult result = ModelReader.Read(text);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
        Assert.NotEmpty(result.Errors);
    }

    public static TheoryData<string, string, string> Bombs { get; } = new()
    {
        { "tensor a int8 [1", ",1", "]" },
        { "tensor a int8 [2] scale [1", ",1", "]" },
        { "tensor ", "\\", " int8" },
        { "tensor \"", "\\\\", " int8" },
        { "op FullyConnected", " x", " -> y" },
        { "op FullyConnected in w -> out", " a=1", "" },
        { "op FullyConnected", " in", " -> out" },
        { "labels", " a", "" },
        { "", "x\n", "" },
        { "", "name", "" },
        { "", " \n", "" },
        { "", "  AAAA\n", "" },
        { "", "input in\n", "" },
        { "", "op FullyConnected out w -> out\n", "" },
        { "", "op ->\n", "" },
        { "tensor a int8 [1] data\n", "  AAAA\n", "" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_long_text_costs_memory_in_proportion(string start, string repeated, string end)
    {
        string tensors = string.Join('\n', Texts.Right.Split('\n').Take(10)) + "\n";
        string text = new StringBuilder(tensors).Append(start)
            .Insert(tensors.Length + start.Length, repeated, 300_000 / repeated.Length).Append(end).ToString();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelReadResult result = ModelReader.Read(text);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 250L * text.Length);
        Assert.InRange(result.Errors.Length, 1, 100);
    }

    private static void AssertAnswers(string text)
    {
        ModelReadResult result = ModelReader.Read(text);
        Assert.Equal(result.Graph is null, !result.Errors.IsEmpty);
        string[] lines = text.Split('\n');
        foreach (ModelError error in result.Errors)
        {
            Assert.InRange(error.Line, 0, lines.Length - 1);
            Assert.InRange(error.Column, 0, lines[error.Line].Length);
            Assert.NotEqual("", error.Message);
        }

        if (result.Graph is { } graph)
        {
            string written = ModelWriter.Write(graph);
            Assert.Equal(written, ModelWriter.Write(ModelReader.Read(written).Graph!));
            Assert.True(graph.Macs > 0 && graph.ConstantBytes > 0);
        }
    }

    private static int At(string text, double fraction) => (int)(text.Length * fraction);

    private static string SwapLines(string text, int a, int b)
    {
        string[] lines = text.Split('\n');
        int i = (a & int.MaxValue) % lines.Length;
        int j = (b & int.MaxValue) % lines.Length;
        (lines[i], lines[j]) = (lines[j], lines[i]);
        return string.Join('\n', lines);
    }
}
