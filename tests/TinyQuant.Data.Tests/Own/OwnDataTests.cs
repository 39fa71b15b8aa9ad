using System.Text;

namespace TinyQuant.Data.Tests;

public sealed class OwnDataTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Csv_with_a_heading_and_named_classes()
    {
        string lines = string.Join(
            '\n', Enumerable.Range(0, 10).Select(i => $"{(i % 2 == 0 ? "dog" : "cat")},{i},1,2,{255 - i}"));
        File.WriteAllText(_temp["all.csv"], "label,a,b,c,d\n" + lines + "\n");

        DataSet data = OwnData.Load(_temp["all.csv"], "pets");

        Assert.Equal(["cat", "dog"], data.ClassNames.ToArray());
        Assert.Equal((8, 2, 2, 2), (data.Train.Count, data.Test.Count, data.Train.Rows, data.Train.Columns));
        Assert.Equal("pets/test", data.Test.Name);
        var seen = Images(data.TrainImages).Concat(Images(data.TestImages)).OrderBy(i => i.Pixels[0]).ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (byte)i), seen.Select(i => i.Pixels[0]));
        Assert.All(seen, i => Assert.Equal(i.Pixels[0] % 2 == 0 ? 1 : 0, i.Label));
        Assert.Equal(
            data.TestImages.Pixels.ToArray(), OwnData.Load(_temp["all.csv"], "pets").TestImages.Pixels.ToArray());
    }

    [Fact]
    public void Csv_in_two_halves_with_numbers_as_classes()
    {
        File.WriteAllText(_temp["train.csv"], "10,1,2,3\n9,4,5,6\n");
        File.WriteAllText(_temp["test.csv"], "9,7,8,9\n10,0,0,0");

        DataSet data = OwnData.Load(_temp.Path, "n");

        Assert.Equal(["9", "10"], data.ClassNames.ToArray());
        Assert.Equal([1, 0], data.Train.Labels.ToArray());
        Assert.Equal((1, 3), (data.Train.Rows, data.Train.Columns));
    }

    [Fact]
    public void Csv_of_a_sensor_holds_real_numbers()
    {
        File.WriteAllText(_temp["all.csv"],
            string.Join('\n', Enumerable.Range(0, 10).Select(i => $"{(i % 2 == 0 ? "up" : "down")},{i},-0.5,1e-3")));

        DataSet data = OwnData.Load(_temp["all.csv"], "taps");

        Assert.Equal(("taps/train", 8, 2, 1, 3, "examples"),
            (data.Train.Name, data.Train.Count, data.Test.Count, data.Train.Rows, data.Train.Columns, data.Train.Noun));
        var seen = new[] { data.Train, data.Test }.Cast<LabelledVectors>()
            .SelectMany(half =>
                Enumerable.Range(0, half.Count)
                    .Select(i => (Values: half.Vector(i).ToArray(), Label: half.Labels.Span[i]))).OrderBy(v => v.Values[
                    0]).ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => new[] { i, -0.5f, 1e-3f }), seen.Select(v => v.Values));
        Assert.All(seen, v => Assert.Equal(v.Values[0] % 2 == 0 ? 1 : 0, v.Label));
        Assert.Contains("expected images", Assert.Throws<ArgumentException>(() => data.TestImages).Message,
            StringComparison.Ordinal);
        Assert.Null(data.Train.Range);
    }

    [Fact]
    public void Halves_of_which_one_has_real_numbers_have_both()
    {
        File.WriteAllText(_temp["train.csv"], "a,1,2\nb,3,4\n");
        File.WriteAllText(_temp["test.csv"], "b,1.5,2\na,0,300\n");

        DataSet data = OwnData.Load(_temp.Path, "n");

        Assert.Equal([3f, 4f], ((LabelledVectors)data.Train).Vector(1).ToArray());
        Assert.Equal([0f, 300f], ((LabelledVectors)data.Test).Vector(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((LabelledVectors)data.Test).Vector(2));
    }

    [Theory]
    [InlineData("", "there are no examples in it")]
    [InlineData("1,2,3", "there are 1 images; expected 5 at least")]
    public void Too_few_examples_are_an_error(string text, string message)
    {
        File.WriteAllText(_temp["all.csv"], text);

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp["all.csv"], "x")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_by_class()
    {
        for (int i = 0; i < 5; i++)
        {
            Write($"bird/{i}.pgm", [.. "P5\n# a comment\n3 2\n255\n"u8, .. Enumerable.Repeat((byte)i, 6)]);
            Write($"fish/{i}.pgm", Encoding.ASCII.GetBytes($"P2 3 2 15 0 1 2 3 4 15"));
        }

        File.WriteAllText(_temp["bird/notes.txt"], "not a picture");

        DataSet data = OwnData.Load(_temp.Path, "animals");

        Assert.Equal(["bird", "fish"], data.ClassNames.ToArray());
        Assert.Equal((8, 2, 2, 3), (data.Train.Count, data.Test.Count, data.Train.Rows, data.Train.Columns));
        Assert.All(Images(data.TrainImages).Where(i => i.Label == 1),
            i => Assert.Equal([0, 17, 34, 51, 68, 255], i.Pixels));
        Assert.All(Images(data.TrainImages).Where(i => i.Label == 0), i => Assert.Single(i.Pixels.Distinct()));
    }

    [Fact]
    public void Pictures_in_two_halves_and_another_format()
    {
        foreach (string path in new[] { "train/a/1.png", "train/b/1.png", "test/a/2.png", "test/b/2.png" })
        {
            Write(path, [1]);
        }

        DataSet data = OwnData.Load(_temp.Path, "p",
            (path, _) =>
                new GreyPicture(1, 1, [path.Contains("/test/", StringComparison.Ordinal) ? (byte)7 : (byte)5]));

        Assert.Equal([5, 5], data.TrainImages.Pixels.ToArray());
        Assert.Equal([7, 7], data.TestImages.Pixels.ToArray());
    }

    [Fact]
    public void Pictures_of_two_sizes_are_an_error_with_both()
    {
        Write("a/1.pgm", [.. "P5 1 1 255\n"u8, 1]);
        Write("a/2.pgm", [.. "P5 2 1 255\n"u8, 1, 2]);

        string message = Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x")).Message;

        Assert.Contains("2.pgm is 1x2; expected 1x1, as", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P6 1 1 255\n1", "no PGM")]
    [InlineData("P5 1 1 65535\n11", "values to 65535")]
    [InlineData("P5 9 9 255\n1", "truncated, 1 of 81")]
    [InlineData("P2 2 1 255\n1", "a number was expected")]
    [InlineData("P2 1 1 15\n16", "pixel 0 is 16; expected 15")]
    [InlineData("P5 -1 1 255\n1", "a number was expected")]
    public void A_wrong_picture_is_named(string text, string message)
    {
        Write("a/1.pgm", Encoding.ASCII.GetBytes(text));

        string actual = Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x")).Message;

        Assert.Contains("1.pgm", actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void Idx_files_of_any_content()
    {
        IdxWriter.Write(Pictures.Create("x", 12, 1), _temp.Path, "train");
        Assert.Contains("t10k-images",
            Assert.Throws<FileNotFoundException>(() => OwnData.Load(_temp.Path, "x")).Message,
            StringComparison.Ordinal);
        IdxWriter.Write(Pictures.Create("x", 6, 2), _temp.Path, "t10k");

        DataSet data = OwnData.Load(_temp.Path, "x");

        Assert.Equal((12, 6, 8), (data.Train.Count, data.Test.Count, data.Train.Rows));
    }

    [Fact] // EMNIST's letters are 1 to 26
    public void Idx_files_have_the_classes_that_occur()
    {
        IdxWriter.Write(
            new LabelledImages("x", 1, 1, new byte[] { 1, 2, 3 }, new byte[] { 26, 1, 200 }), _temp.Path, "train");
        IdxWriter.Write(new LabelledImages("x", 1, 1, new byte[] { 4 }, new byte[] { 200 }), _temp.Path, "t10k");

        DataSet data = OwnData.Load(_temp.Path, "x");

        Assert.Equal(["1", "26", "200"], data.ClassNames.ToArray());
        Assert.Equal([1, 0, 2, 2], data.Train.Labels.ToArray().Concat(data.Test.Labels.ToArray()));
        Assert.Equal(["There is no example to test on of the classes 1, 26."], data.Notes.ToArray());
    }

    [Theory]
    [InlineData(20, "truncated, 20 bytes, expected 28")]
    [InlineData(5, "truncated, 5 bytes of its 16-byte head")]
    [InlineData(0, "truncated, 0 bytes")]
    public void Idx_files_that_are_cut_off_are_named(int length, string message)
    {
        Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2, .. new byte[12]]);
        byte[] whole = File.ReadAllBytes(_temp["train-images-idx3-ubyte"]);
        foreach (string name in new[] { "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
        {
            Write(name, whole);
        }

        Write("train-images-idx3-ubyte", whole[..length]);

        string actual = Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x")).Message;

        Assert.Contains("train-images-idx3-ubyte", actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.Contains("nowhere",
            Assert.Throws<FileNotFoundException>(() => OwnData.Load(_temp["nowhere"], "x")).Message,
            StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => OwnData.Load(_temp.Path, "x"));
    }

    private void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp[path])!);
        File.WriteAllBytes(_temp[path], bytes);
    }

    private static IEnumerable<(byte[] Pixels, byte Label)> Images(LabelledImages images) =>
        Enumerable.Range(0, images.Count).Select(i => (images.Image(i).ToArray(), images.Labels.Span[i]));
}
