using System.Globalization;
using System.Text;

namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>Texts of models, right and wrong, that ask for much: of at most 1 MB each.</summary>
internal static class HostileTexts
{
    private static readonly Func<Random, string>[] s_kinds = [Chain, Web, Shared, Fans, Sums, Words, Errors, Noise];

    private static readonly string[] s_fragments =
        ["tensor ", "op ", "input ", "output ", "labels ", "note ", "metric ", "rounding single", "name ", "float32 ",
            "int8 ", "int4 ", "[1,2]", "[2147483647]", "scale ", "[0.5,", "zero ", "axis ",
            "group 32 ", "variable", "data", "\n", "\n  ", "  AAAA", "====", "\"", "\\u0041", "\\", "->", "Relu",
            "axis=", "-", "1", "9999999999", "1e308", "NaN", "\t", "\r", "\u0000", "\ud800", "é"];

    /// <summary>The next one; seven of eight of the kind with most variety, which is quick.</summary>
    public static string Of(Random random) =>
        (random.Next(8) > 0 ? Operator : s_kinds[random.Next(s_kinds.Length)])(random);

    /// <summary>A number from 1 to a limit, of any magnitude.</summary>
    public static int Magnitude(Random random, int most) =>
        (int)Math.Min(most, Math.Pow(most + 1.0, random.NextDouble()));

    private static string Operator(Random random)
    {
        OperatorText text = OperatorText.All[random.Next(OperatorText.All.Count)];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            text = random.Next(2) == 0
                ? text.WithSize(random.Next(text.SizeCount), Magnitude(random, int.MaxValue - 1))
                : text.WithSizes(
                    text.Sizes.ElementAt(random.Next(text.Sizes.Count())), Magnitude(random, int.MaxValue - 1));
        }

        return text.Write(random.Next(2) == 0);
    }

    /// <summary>Operators one after another, with scales of their own.</summary>
    private static string Chain(Random random)
    {
        string[] kinds = ["Relu", "Relu6", "Abs", "Elu", "HardSwish"];
        bool isInt8 = random.Next(2) == 0;
        int length = Magnitude(random, 11_000);
        var text = new StringBuilder("tinyquant-model 1\n");
        for (int i = 0; i <= length; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"tensor t{i} {(isInt8 ? $"int8 [1,3] scale {0.1 + (random.Next(1000) * 1e-5):0.#####}" : "float32 [1,3]")}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"input t0\noutput t{length}\n");
        for (int i = 0; i < length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"op {kinds[random.Next(kinds.Length)]} t{i} -> t{i + 1}\n");
        }

        return text.ToString();
    }

    /// <summary>Operators that read tensors of long ago, so that many are live at once, of any size.</summary>
    private static string Web(Random random)
    {
        int length = Magnitude(random, 9_000);
        int far = Magnitude(random, length);
        var text = new StringBuilder("tinyquant-model 1\ntensor t0 float32 [1,1]\n");
        for (int i = 1; i <= length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"tensor t{i} float32 [1,{Magnitude(random, 1_000)}]\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"input t0\noutput t{length}\n");
        for (int i = 0; i < length; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"op Concatenation t{Math.Max(0, i - random.Next(far))} -> t{i + 1} axis=1\n");
        }
        // All of one size, or the shapes do not fit: both happen.
        return random.Next(3) == 0
            ? text.ToString()
            : System.Text.RegularExpressions.Regex.Replace(text.ToString(), @"\[1,\d+\]", "[1,4]");
    }

    /// <summary>Operators that share weights, some in other types.</summary>
    private static string Shared(Random random)
    {
        int depth = Magnitude(random, 2_000), units = Magnitude(random, 700_000 / depth),
            operators = Magnitude(random, 3_000);
        string data = Convert.ToBase64String(new byte[units * depth]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"tinyquant-model 1\ntensor x int8 [1,{depth}] scale 0.1\ntensor f float32 [1,{depth}]\n");
        text.Append(CultureInfo.InvariantCulture, $"tensor w int8 [{units},{depth}] scale 0.1 data\n  {data}\n");
        for (int i = 0; i < operators; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"tensor y{i} {(i % 5 == 4 ? "float32" : "int8")} [1,{units}]{(i % 5 == 4 ? "" : $" scale {0.1 + (i * 1e-4):0.####}")}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"input x f\noutput y{operators - 1}\n");
        for (int i = 0; i < operators; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"op FullyConnected {(i % 5 == 4 ? "f" : "x")} w -> y{i}\n");
        }

        return text.ToString();
    }

    /// <summary>Operators with many operands.</summary>
    private static string Fans(Random random)
    {
        int operands = Magnitude(random, 1_500), operators = Magnitude(random, 250_000 / operands);
        var text = new StringBuilder("tinyquant-model 1\ntensor x float32 [1,1]\n");
        string inputs = string.Join(' ', Enumerable.Repeat("x", operands));
        for (int i = 0; i < operators; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"tensor y{i} float32 [1,{operands}]\n");
        }

        text.Append("input x\noutput ")
            .AppendJoin(' ',
                Enumerable.Range(0, random.Next(2) == 0 ? 1 : operators).Select(i => $"y{operators - 1 - i}")).Append(
            '\n');
        for (int i = 0; i < operators && text.Length < 1_000_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"op Concatenation {inputs} -> y{i} axis=1\n");
        }

        return text.ToString();
    }

    /// <summary>Sums for which a linear form is searched in vain.</summary>
    private static string Sums(Random random)
    {
        int length = Magnitude(random, 7_000);
        var text = new StringBuilder("tinyquant-model 1\n");
        for (int i = 0; i <= length; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"tensor t{i} int8 [1,2] scale {0.1 + random.NextDouble():0.######} zero {random.Next(-128, 128)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"input t0\noutput t{length}\n");
        for (int i = 0; i < length; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"op {(i % 2 == 0 ? "Add" : "Sub")} t{i} t{Math.Max(0, i - 1)} -> t{i + 1}\n");
        }

        return text.ToString();
    }

    /// <summary>Long names, lists, labels and notes.</summary>
    private static string Words(Random random)
    {
        string name = new((char)random.Next('!', 0x3000), Magnitude(random, 6_000));
        int labels = Magnitude(random, 100_000);
        return $"tinyquant-model 1\nname {new string('n', Magnitude(random, 200_000))}\nlabels "
            + $"{string.Join(' ', Enumerable.Range(0, labels))}\n"
            + string.Concat(Enumerable.Repeat("note x\n", Magnitude(random, 20_000)))
            + $"tensor x float32 [1,{labels}]\ntensor {name} float32 [1,{labels}]\ninput x\noutput {name}\nop "
            + $"Relu x -> {name}\n"
            + (random.Next(4) == 0
                ? $"tensor z float32 [{string.Join(',', Enumerable.Repeat("1", Magnitude(random, 100_000)))}]\n"
                : "");
    }

    /// <summary>One error a line, each about a long word.</summary>
    private static string Errors(Random random)
    {
        string word = new('w', Magnitude(random, 9_000));
        string[] lines = [$"{word} 1", $"tensor {word} {word}", $"tensor {word} float32 [{word}]",
            $"tensor t float32 [1] scale {word}", $"op {word} {word} -> {word}", $"input {word}",
            $"op Relu {word} -> {word} {word}=1 {word}"];
        return "tinyquant-model 1\n"
            + string.Join('\n',
                Enumerable.Range(0, Math.Min(1_000_000 / (4 * word.Length), 5_000))
                    .Select(_ => lines[random.Next(lines.Length)]));
    }

    /// <summary>Pieces of the format in any order.</summary>
    private static string Noise(Random random) => "tinyquant-model 1\n"
        + string.Concat(
            Enumerable.Range(0, Magnitude(random, 50_000))
                .Select(_ => s_fragments[random.Next(s_fragments.Length)] + (random.Next(3) == 0 ? " " : "")));
}
