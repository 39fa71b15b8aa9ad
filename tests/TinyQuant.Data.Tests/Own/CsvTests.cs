using System.Globalization;
using System.Text;

namespace TinyQuant.Data.Tests;

/// <summary>CSV files as programs write them, and what is said of those that are wrong.</summary>
public sealed class CsvTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string, string> Headings => new()
    {
        // pandas: to_csv(index=False) of columns without names, of which one was named; and with row numbers
        { "0,1,2,3", "took line 1 for a heading" },
        { "label,0,1,2", "took line 1 for a heading; took column 1 ('label') for the class" },
        { "label,1,2,3", "took line 1 for a heading; took column 1 ('label') for the class" },
        { "label,a,b,c", "took line 1 for a heading; took column 1 ('label') for the class" },
        { "\"label\",\"a, b\",\"c \"\"d\"\"\",e", "took line 1 for a heading; took column 1 ('label') for the class" },
        { "# label,a,b,c", "took line 1 for a heading" }, // NumPy's savetxt
    };

    [Theory]
    [MemberData(nameof(Headings))]
    public void A_heading_is_no_example(string heading, string note)
    {
        DataSet data = Load(heading + "\n" + Lines(i => $"{i % 2},{i}.5,2,3"));

        Assert.Equal((10, 3), (data.Train.Count + data.Test.Count, data.Train.Length));
        Assert.Equal(["0", "1"], data.ClassNames.ToArray());
        Assert.Contains(note, Assert.Single(data.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unnamed: 0")] // what pandas calls it when it reads its own file
    [InlineData("\"\"")] // R's write.csv
    public void Row_numbers_of_pandas_are_no_value(string name)
    {
        DataSet numbered = Load($"{name},0,1,2\n" + Lines(i => $"{i},{i % 2},{i}.5,7"));
        DataSet named = Load($"{name},a,species,b\n" + Lines(i => $"{9 - i},{i}.5,{(i % 2 == 0 ? "iris" : "rose")},7"));

        Assert.All([numbered, named], d => Assert.Equal((10, 2), (d.Train.Count + d.Test.Count, d.Train.Length)));
        Assert.Equal(["iris", "rose"], named.ClassNames.ToArray());
        Assert.Contains("left out column 1", Assert.Single(named.Notes), StringComparison.Ordinal);
        Assert.Contains(
            "took column 3 ('species') for the class", Assert.Single(named.Notes), StringComparison.Ordinal);
    }

    [Theory] // a line of text and numbers is an example, whatever it lacks
    [InlineData("cat,1,2,3", 11)]
    [InlineData("5,0,1,2", 11)]
    [InlineData("1,2,3,4", 11)]
    public void An_example_is_no_heading(string first, int count)
    {
        DataSet data = Load(first + "\n" + Lines(i => $"{first.Split(',')[0]},{i}.5,2,3"));

        Assert.Equal(count, data.Train.Count + data.Test.Count);
    }

    [Theory]
    [InlineData("", "1.5,7,up", "2.5,7,down", null, "down,up")] // the only text
    [InlineData("", "1.5,up,7", "2.5,down,7", null, "down,up")]
    [InlineData("", "1.5,7,0", "2.5,7,1", null, "0,1")] // the last, where the first has no integers
    [InlineData("", "3,1.5,4", "9,2.5,4", null, "3,9")] // else the first
    [InlineData("a,b,Target\n", "3,1.5,4", "9,2.5,5", null, "4,5")] // or what the heading calls so
    [InlineData("", "3,1.5,4", "9,2.5,5", "last", "4,5")]
    [InlineData("", "1.5,3,4", "2.5,9,5", "2", "3,9")]
    [InlineData("a,b,c\n", "3,1.5,4", "9,2.5,5", "c", "4,5")]
    [InlineData("b,a,class\n", "up,x,1.5", "down,x,2.5", "first", "down,up", "column 2 ('a') is 'x'")]
    public void The_class_is_found_or_named(
        string heading, string even, string odd, string? column, string classes, string? message = null)
    {
        string text = heading + Lines(i => i % 2 == 0 ? even : odd);
        var options = new OwnDataOptions { ClassColumn = column };
        if (message is not null)
        {
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Load(text, options)).Message,
                StringComparison.Ordinal);
            return;
        }

        DataSet data = Load(text, options);

        Assert.Equal(2, data.Train.Length);
        Assert.Equal(classes, string.Join(',', data.ClassNames));
    }

    [Fact]
    public void What_counts_the_lines_is_no_class()
    {
        DataSet data = Load(Lines(i => $"{i + 5},7.5,{i % 2}"));

        Assert.Equal(["0", "1"], data.ClassNames.ToArray());
        Assert.Contains("column 1 counts the lines", Assert.Single(data.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_can_be_asserted_and_denied()
    {
        string text = "0,1,2\n" + Lines(i => $"{i % 2},{i},7");

        Assert.Equal(11, Count(Load(text, new OwnDataOptions { HasHeading = false })));
        Assert.Equal(10, Count(Load(text)));
        Assert.Equal(9, Count(Load(Lines(i => $"{i % 2},{i},7"), new OwnDataOptions { HasHeading = true })));
    }

    [Theory]
    [InlineData(";", ".", "read semicolons as separators")]
    [InlineData(";", ",", "read semicolons as separators; read commas as decimal points")]
    [InlineData("\t", ",", "read tabs as separators; read commas as decimal points")]
    [InlineData("|", ".", "read '|' as separators")]
    [InlineData(" , ", ".", null)]
    public void Separators_are_found(string separator, string point, string? note)
    {
        DataSet data = Load(Lines(i => string.Join(separator, $"c{i % 2}", $"1{point}5", $"{i * i}", "-2")));

        var vectors = (LabelledVectors)data.Train;
        Assert.Equal(["c0", "c1"], data.ClassNames.ToArray());
        Assert.Equal([1.5f, -2], new[] { vectors.Vector(0)[0], vectors.Vector(0)[2] });
        Assert.Equal(note is null ? [] : [$"{_temp["all.csv"]}: {note}."], data.Notes.ToArray());
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n\n")]
    public void Lines_end_as_systems_end_them(string end)
    {
        DataSet data = Load(
            end + "label,a\n".Replace("\n", end, StringComparison.Ordinal)
                + Lines(i => $"c{i % 2},{i}").Replace("\n", end, StringComparison.Ordinal) + end + end);

        Assert.Equal((10, 1), (Count(data), data.Train.Length));
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_byte_order_mark_says_how_text_is_stored(string name)
    {
        File.WriteAllText(_temp["all.csv"], Lines(i => $"\"naïve, {i % 2}\",{i}"), Encoding.GetEncoding(name));

        Assert.Equal(["naïve, 0", "naïve, 1"], OwnData.Load(_temp["all.csv"], "x").ClassNames.ToArray());
    }

    [Fact]
    public void Quotes_are_around_what_has_separators_and_lines()
    {
        DataSet data = Load(Lines(i => $"\"the \"\"{i % 2}\"\",\nclass\",\"{i}\", \"7\""));

        Assert.Equal(["the \"0\",\nclass", "the \"1\",\nclass"], data.ClassNames.ToArray());
        Assert.Equal((10, 2), (Count(data), data.Train.Length));
    }

    [Fact] // a column of integers in which pandas once had no value
    public void Classes_that_pandas_made_reals_are_integers() =>
        Assert.Equal(["3", "11"], Load(Lines(i => $"{(i % 2 == 0 ? "11.0" : "3.0")},{i}.5")).ClassNames.ToArray());

    [Fact]
    public void Numbers_are_read_alike_in_every_culture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator,
            culture.NumberFormat.NegativeSign) = (",", ".", "~");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            DataSet data = Load(Lines(i => $"{(i % 2 == 0 ? "-1" : "10")},-1.5"));

            Assert.Equal(-1.5f, ((LabelledVectors)data.Train).Vector(0)[0]);
            Assert.Equal(["-1", "10"], data.ClassNames.ToArray());
            Assert.Equal(["-2", "9", "10"],
                Load(Lines(i => $"{(i % 3 == 0 ? "-2" : i % 3 == 1 ? "10" : "9")},1.5")).ClassNames.ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "a,,2\nb,3,4", "(1): column 2 has no value; expected a number" },
        { "a,NaN,2\nb,3,4", "(1): column 2 has no value but 'NaN'" },
        { "a,1,2\nb,3,N/A", "(2): column 3 has no value but 'N/A'" },
        { "label,width,height\na,1,2\nb,?,3", "(3): column 2 ('width') has no value but '?'" },
        { "a,1,2\n,3,4", "(2): column 1 has no class" },
        { ",3.5,4\na,1,2", "(1): column 1 has no class" },
        { "a,1,inf", "(1): column 3 is 'inf', which is not finite" },
        { "a,1,-Infinity", "(1): column 3 is '-Infinity', which is not finite" },
        { "a,1,1e39", "(1): column 3 is '1e39', which is not finite" },
        { "a,1,2\na,1,x", "(2): column 3 is 'x'; expected a number, with a point for decimals" },
        { "a,1,2\na,1", "(2): there are 2 fields; expected 3, as in line 1" },
        { "a,1,2\na,1,2,3", "(2): there are 4 fields; expected 3, as in line 1" },
        { "a,1,2\n\nb", "(3): there is 1 field; expected 3" },
        { "a\nb", "(1): there is one field; expected a class and values" },
        { "a,\"1,234\",5",
            "(1): column 2 is '1,234'; expected a number with a point for decimals and nothing between thousands" },
        { "a;1.234,5;5", "(1): column 2 is '1.234,5'; expected a number with a point" },
        { "a;1,234,567;5", "(1): column 2 is '1,234,567'; expected" },
        { "a;1,5;5\nb;2.5;6", "(2): column 2 is '2.5'; expected the same sign for decimals as in line 1" },
        { "a;1.5;5\nb;2,5;6", "(2): column 2 is '2,5'; expected the same sign for decimals as in line 1" },
        { "5.1,2,3\n5.2,2,3.5",
            "(1): column 1 is '5.1'; expected a class, a name or an integer. Which column has it, --class-column "
                + "says" },
        { "a,\"1,2\nb,3,4", "(1): a quote is not closed" },
        { "a,1\0,2", "(1): there is a zero byte in it; expected text" },
        { "cat,1,2\ndog,4,x", "(2): column 3 is 'x'" }, // the first is an example
        { "label,1,2\n0,4,5\n0,4,x", "(3): column 3 ('2') is 'x'" },
        { "label,a\n", "there are no examples in it" },
        { "\n\n", "there are no examples in it" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_with_its_place(string text, string message)
    {
        string actual = Assert.Throws<InvalidDataException>(() => Load(text)).Message;

        Assert.StartsWith(_temp["all.csv"], actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        File.WriteAllBytes(_temp["all.csv"], [.. Encoding.Latin1.GetBytes(Lines(i => $"naïve{i},1"))]);

        Assert.Contains("no UTF-8",
            Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp["all.csv"], "x")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        using (StreamWriter writer = File.CreateText(_temp["all.csv"]))
        {
            writer.Write("a,1,2\nb,\"");
            string part = new('7', 1 << 20);
            for (int i = 0; i < 17; i++)
            {
                writer.Write(part);
            }
        }

        string message = Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp["all.csv"], "x")).Message;

        Assert.Contains("a line is too long, or a quote in it is never closed", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_million_fields_is_read()
    {
        File.WriteAllText(_temp["all.csv"], $"a{string.Concat(Enumerable.Repeat(",1", (CsvData.MaxLine / 2) - 1))}\n");
        Assert.True(CsvData.Read(_temp["all.csv"], new OwnDataOptions()).HoldsPixels);
    }

    [Fact]
    public void A_short_first_line_makes_no_large_sample()
    {
        string line = $"a{string.Concat(Enumerable.Repeat(",1", 100_000))}\n";
        File.WriteAllText(_temp["all.csv"], "a,1\n" + string.Concat(Enumerable.Repeat(line, 98)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("(2): there are 100001 fields", Assert.Throws<InvalidDataException>(
            () => CsvData.Read(_temp["all.csv"], new OwnDataOptions())).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150_000_000);
    }

    [Fact]
    public void One_class_too_many_ends_reading_and_classes_take_a_byte_a_line()
    {
        string many = string.Concat(Enumerable.Range(0, 300_000).Select(i => $"c{i},1\n"));
        File.WriteAllText(_temp["all.csv"], many);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "there are more than 256 classes, c0, c1,",
            Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp["all.csv"], "x")).Message,
            StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000); // 300,000 names have 10 MB

        File.WriteAllText(_temp["all.csv"], string.Concat(Enumerable.Range(0, 300_000).Select(i => $"c{i % 3},1\n")));
        before = GC.GetAllocatedBytesForCurrentThread();
        CsvData.Read(_temp["all.csv"], new OwnDataOptions());
        // values and labels, and what they grew through
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
    }

    [Fact]
    public void A_field_is_cut_in_messages()
    {
        string message = Assert
            .Throws<InvalidDataException>(() => Load($"a,1\nb,{new string('7', 100_000)}\n")).Message;
        Assert.InRange(message.Length, 100, 500);
        message = Assert.Throws<InvalidDataException>(() => Load($"{new string('x', 100_000)},y\na,1\nb,z\n")).Message;
        Assert.InRange(message.Length, 50, 500);
    }

    [Theory]
    [InlineData("3", "there is no column '3' for the class; expected first, last, a number from 1 to 2.")]
    [InlineData("label", "there is no column 'label'")]
    [InlineData("0", "there is no column '0'")]
    public void A_class_column_that_is_not_there_is_named(string column, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(
            () => Load("1,2\n3,4", new OwnDataOptions { ClassColumn = column })).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_are_for_csv() => Assert.Contains("no CSV", Assert.Throws<ArgumentException>(
        () => OwnData.Load(_temp.Path, "x", new OwnDataOptions { ClassColumn = "last" })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_other_half_has_the_same_columns()
    {
        File.WriteAllText(_temp["train.csv"], "a,b,species\n" + Lines(i => $"{i}.5,1,c{i % 2}"));
        File.WriteAllText(_temp["test.csv"], "a,b,species\n1.5,1,c1");
        DataSet data = OwnData.Load(_temp.Path, "x");
        Assert.Equal(10, data.Train.Count);
        Assert.Equal([1], data.Test.Labels.ToArray());

        File.WriteAllText(_temp["test.csv"], "b,a,species\n1.5,1,c1");
        Assert.Contains("test.csv(1): column 1 is 'b'; expected 'a'",
            Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x")).Message, StringComparison.Ordinal);

        File.WriteAllText(_temp["test.csv"], "1.5,1,2,c1");
        Assert.Contains("test.csv(1): there are 4 fields; expected 3",
            Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x")).Message, StringComparison.Ordinal);

        File.WriteAllText(_temp["test.csv"], "1.5,1,c7");
        Assert.Contains("'c7' is not among them",
            Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_counts_the_lines_is_told() => Assert.Contains(
        "column 1 ('Id') counts the lines",
        Assert.Single(Load("Id,a,Species\n" + Lines(i => $"{i + 1},{i}.5,c{i % 2}")).Notes), StringComparison.Ordinal);

    private static string Lines(Func<int, string> line) => string.Join('\n', Enumerable.Range(0, 10).Select(line));

    private static int Count(DataSet data) => data.Train.Count + data.Test.Count;

    private DataSet Load(string text, OwnDataOptions? options = null)
    {
        File.WriteAllText(_temp["all.csv"], text);
        DataSet data = OwnData.Load(_temp["all.csv"], "x", options ?? new OwnDataOptions());
        // Ten lines leave a class without a test example, or have some twice; that is not what is looked at here.
        return data with { Notes = [.. data.Notes.Where(n => n.StartsWith(_temp.Path, StringComparison.Ordinal))] };
    }
}
