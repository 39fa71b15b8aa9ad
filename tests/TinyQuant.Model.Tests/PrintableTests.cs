using TinyQuant.Model.Tests.Format;
using TinyQuant.Tests;

namespace TinyQuant.Model.Tests;

/// <summary>Text of strangers as it is shown, and in what models and their errors say.</summary>
public class PrintableTests
{
    private static readonly string[] s_names = [.. HostileNames.Payloads, .. HostileNames.Random()];

    [Theory]
    [InlineData("día 日本語 😀 می\u200cخواهم \\ [x] onnx::Conv_1 #1 # #", null)]
    [InlineData("a\r\nb\tc", @"a\u000d\u000ab\u0009c")]
    [InlineData("\u001b[31mred\u009b", @"\u001b[31mred\u009b")]
    [InlineData("x\u202ey\u2066z\u200f", @"x\u202ey\u2066z\u200f")]
    [InlineData("a\udb40\udc41", @"a\udb40\udc41")]
    [InlineData("\ufffe\uffff\ufeff", @"\ufffe\uffff\ufeff")]
    [InlineData("##vso[x] ###[y]", @"\u0023#vso[x] \u0023\u0023#[y]")]
    [InlineData("", null)]
    public void Shows_what_cannot_be_seen_and_leaves_the_rest(string text, string? expected) =>
        Assert.Equal(expected ?? text, Printable.Text(text));

    [Fact]
    public void Shows_halves_of_characters() =>
        Assert.Equal(@"\ud800x\udc00😀\ud800", Printable.Text("\ud800x\udc00😀\ud800"));

    [Fact]
    public void Of_all_characters_what_is_shown_can_be_seen_and_stays_what_it_is() =>
        Assert.All(Enumerable.Range(0, 0x110000), code =>
    {
        string text = code is >= 0xd800 and <= 0xdfff ? ((char)code).ToString() : char.ConvertFromUtf32(code);
        string shown = Printable.Text(text);
        bool isSafe = shown == text
            ? !HostileNames.Unseen(text, "").Any()
            : !HostileNames.Unseen(shown, "").Any() && !shown.Any(c => c > '~') && Printable.Text(shown) == shown;
        if (!isSafe)
        {
            Assert.Fail(FormattableString.Invariant($"U+{code:X4}"));
        }
    });

    [Fact]
    public void Names_are_shown_in_one_line_and_the_same_the_second_time() => Assert.All(s_names, name =>
    {
        string shown = Printable.Text(name);
        Assert.Empty(HostileNames.Unseen(shown, ""));
        Assert.DoesNotContain("##", shown, StringComparison.Ordinal);
        Assert.Equal(shown, Printable.Text(shown));
        Assert.Equal(
            HostileNames.Unseen(name, "").Any() || name.Contains("##", StringComparison.Ordinal), shown != name);
    });

    /// <summary>What is written shows in an editor as it stands, and reads as it was.</summary>
    [Fact]
    public void A_model_file_keeps_names_and_shows_them() => Assert.All(s_names, name =>
    {
        string label = HostileNames.Whole(name);
        Graph graph = Graphs.Small() with
        {
            Name = name,
            Labels = [label, label, label],
            Notes = [name],
            Metrics = [new(name, 1, name, 1)]
        };
        string text = ModelWriter.Write(graph);
        Graph read = ModelReader.Read(text).Graph!;

        Assert.Empty(HostileNames.Unseen(text, "\n\t"));
        Assert.Equal(
            ModelWriter.Write(Graphs.Small() with { Notes = ["x"] }).Count(c => c == '\n'), text.Count(c => c == '\n'));
        Assert.Equal(
            (name, label, name, name), (read.Name, read.Labels[0], read.Metrics[0].Name, read.Metrics[0].DataSet));
    });

    [Fact]
    public void Errors_are_one_line_whatever_is_quoted_in_them() => Assert.All(s_names, name =>
    {
        string quoted = TinyQuant.Model.Format.Lexer.Quote(name);
        string[] texts =
        [
            Texts.Right.Replace("input ", $"input {quoted}", StringComparison.Ordinal),
            Texts.Right + $"op {quoted} a -> b\n", Texts.Right + $"{quoted}\n",
            Texts.Right + $"tensor {quoted} {quoted} [1]\n", Texts.Right + $"tensor {quoted} int8 [1] scale {quoted}\n",
            Texts.Right + name,
        ];
        ModelError[] errors = [.. texts.SelectMany(t => ModelReader.Read(t).Errors)];
        Assert.NotEmpty(errors);
        Assert.All(errors, e => Assert.Empty(HostileNames.Unseen(e.ToString(), "")));
    });

    [Fact]
    public void Lines_of_a_message_are_its_own() => Assert.All(s_names, name =>
    {
        InvalidDataException error = MessageLines.Of(m => new InvalidDataException(m), name, [name, "x"]);
        Assert.Equal(3, MessageLines.In(error).Count);
        Assert.Equal(3, error.Message.ReplaceLineEndings("\n").Split('\n').Length);
        Assert.Single(MessageLines.In(new IOException(name)));
        Assert.Empty(
            HostileNames.Unseen(error.Message + MessageLines.In(new IOException(name))[0], Environment.NewLine));
    });

    [Fact]
    public void A_label_of_half_a_character_is_refused() => Assert.StartsWith(
        @"label 1 'x\ud800' has half of a character",
        Assert.Single(GraphValidator.Validate(Graphs.Small() with { Labels = ["😀", "x\ud800", "z"] })).Message,
        StringComparison.Ordinal);
}
