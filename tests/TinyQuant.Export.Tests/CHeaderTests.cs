using System.Text.RegularExpressions;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Export.Tests;

/// <summary>
/// C headers of models of every kind. The one of <c>samples/CLibrary</c> is tested with its library, in
/// TinyQuant.Native.Tests.
/// </summary>
public partial class CHeaderTests
{
    private const string Int8 = """
        tinyquant-model 1
        name "Sö */ /* \"?\" 1"
        labels "n\"o" jä "??/"

        tensor x*/ int8 [1,4] scale 1 zero -128
        tensor w int8 [3,4] scale 0.1 data
          AQIDBAUGBwgJCgsM
        tensor y int8 [1,3] scale 1E-05 zero 3

        input x*/
        output y
        op FullyConnected x*/ w -> y

        """;

    private const string Sum = """
        tinyquant-model 1
        name sum

        tensor a float32 [1,2]
        tensor b float32 [1,2]
        tensor c float32 [1,2]
        tensor i int32 [1]

        input a b
        output c i
        op Add a b -> c
        op ArgMax c -> i axis=1

        """;

    [Fact]
    public void An_int8_classifier()
    {
        string header = CHeader.Write(Read(Int8), "tq_1", 24);

        AssertHas(header,
            "#define TQ_1_MODEL \"S\\303\\266 */ /* \\\"\\?\\\" 1\"\n",
            "#define TQ_1_MACS 12\n#define TQ_1_ARENA_BYTES 24\n",
            "/* input: x* / int8 [1,4]; real = (code - zero point) * scale */\n#define TQ_1_INPUT_LENGTH 4\n#define "
                + "TQ_1_INPUT_RANK 2\n#define TQ_1_INPUT_SHAPE { 1, 4 }\n",
            "#define TQ_1_INPUT_SCALE 1.0f\n#define TQ_1_INPUT_ZERO_POINT (-128)\n",
            "#define TQ_1_OUTPUT_SCALE 1E-05f\n#define TQ_1_OUTPUT_ZERO_POINT 3\n",
            "#define TQ_1_LABEL_COUNT 3\n#define TQ_1_LABELS { \"n\\\"o\", \"j\\303\\244\", \"\\?\\?/\" }\n",
            "int32_t tq_1_run(const int8_t *input, size_t input_length, int8_t *output, size_t output_length);\n",
            "int32_t tq_1_classify(const int8_t *input, size_t input_length);\n",
            "int32_t tq_1_classify_pixels(const uint8_t *pixels, size_t pixels_length);\n",
            "const char *tq_1_version(void);\n",
            "int64_t tq_1_allocated_bytes(void);\n");
    }

    [Fact]
    public void Pixels_only_where_a_byte_is_its_code()
    {
        string header = CHeader.Write(
            Read(Int8.Replace("scale 1 zero -128", "scale 1 zero -127", StringComparison.Ordinal)), "tq", 24);

        Assert.Contains("tq_classify(", header, StringComparison.Ordinal);
        Assert.DoesNotContain("pixels", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_inputs_and_outputs_are_numbered()
    {
        string header = CHeader.Write(Read(Sum), "tq", 0);

        AssertHas(header,
            "/* input2: b float32 [1,2] */\n#define TQ_INPUT2_LENGTH 2\n",
            "#define TQ_OUTPUT2_LENGTH 1\n#define TQ_OUTPUT2_RANK 1\n#define TQ_OUTPUT2_SHAPE { 1 }\n\n",
            "int32_t tq_run(const float *input1, size_t input1_length, const float *input2, size_t input2_length, "
                + "float *output1, size_t output1_length, int32_t *output2, size_t output2_length);\n");
        Assert.DoesNotContain("classify", header, StringComparison.Ordinal);
        Assert.DoesNotContain("SCALE", header, StringComparison.Ordinal);
    }

    [CompilerTheory]
    [InlineData(Int8, "c99", "c")]
    [InlineData(Sum, "c99", "c")]
    [InlineData(Int8, "c++17", "c++")]
    public async Task Compiles_without_a_warning(string model, string standard, string language)
    {
        string header = CHeader.Write(Read(model), "tq", 8);
        string use = model == Int8
            ? "const char *const labels[] = TQ_LABELS;\nconst float scale = TQ_OUTPUT_SCALE;\n"
            : "";

        ProcessRun run = await ProcessRun.RunAsync(
            CompilerTheoryAttribute.Path!,
            ["-std=" + standard, "-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", "-x", language, "-"],
            System.Text.Encoding.UTF8.GetBytes(header + header + use));

        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Theory]
    [InlineData("mnist-cnn", "tinyquant_mnist_cnn")]
    [InlineData("Sö 1", "tinyquant_s__1")]
    public void A_prefix_is_made_of_the_name(string name, string prefix) =>
        Assert.Equal(prefix, CHeader.DefaultPrefix(new Graph { Name = name }));

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("Tq")]
    [InlineData("tq-1")]
    [InlineData("tq\n")]
    public void Another_prefix_is_refused(string prefix) =>
        Assert.Contains($"'{prefix}' is no prefix",
            Assert.Throws<ArgumentException>(() => CHeader.Write(Read(Int8), prefix, 0)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_model_with_state_is_refused()
    {
        Graph graph = Read(Sum);
        var state = new Tensor("memory", TensorType.Int8, [1, 4], quantization: null, data: null, isVariable: true);

        ArgumentException refused = Assert.Throws<ArgumentException>(() =>
            CHeader.Write(graph with { Tensors = [.. graph.Tensors, state] }, "tq", 0));

        Assert.Contains("the model has state, 'memory'", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Comments hold names; what a program reads is in literals, octal.</summary>
    [Fact]
    public void Names_of_strangers_are_seen_and_are_no_code() =>
        Assert.All(HostileNames.Payloads.Concat(HostileNames.Random()), name =>
    {
        string header = Named(name);

        Assert.Empty(HostileNames.Unseen(header));
        Assert.Equal(Outside(Named("plain")), Outside(header));

        static string Outside(string header) => NoCode().Replace(header, part => part.Value[..1]);
    });

    [CompilerTheory]
    [InlineData("c99", "c")]
    [InlineData("c++17", "c++")]
    public async Task Names_of_strangers_compile_without_a_warning(string standard, string language)
    {
        string headers = string.Concat(
            HostileNames.Payloads.Concat(HostileNames.Random())
                .Select((name, i) => Named(name, FormattableString.Invariant($"tq{i}"))));

        ProcessRun run = await ProcessRun.RunAsync(
            CompilerTheoryAttribute.Path!,
            ["-std=" + standard, "-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", "-x", language, "-"],
            System.Text.Encoding.UTF8.GetBytes(headers));

        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static string Named(string name, string prefix = "tq")
    {
        string tensor = "\"" + string.Concat((name + "x").Select(c => FormattableString.Invariant($"\\u{(int)c:x4}")))
            + "\"";
        Graph graph = Read(Int8.Replace("x*/", tensor, StringComparison.Ordinal));
        return CHeader.Write(graph with { Name = name, Labels = [HostileNames.Whole(name), "a", "b"] }, prefix, 24);
    }

    private static void AssertHas(string header, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, header, StringComparison.Ordinal));

    private static Graph Read(string text)
    {
        ModelReadResult result = ModelReader.Read(text);
        return result.Graph ?? throw new InvalidDataException(string.Join('\n', result.Errors));
    }

    /// <summary>What is no code: literals, and comments as far as their first end.</summary>
    [GeneratedRegex("/\\*.*?\\*/|\"(\\\\.|[^\"\\\\])*\"", RegexOptions.Singleline)]
    private static partial Regex NoCode();
}
