namespace TinyQuant.Data.Tests;

/// <summary>What is said of examples that can be read, and of pictures' folders.</summary>
public sealed class ExampleChecksTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void One_class_a_class_without_test_and_twins_are_told()
    {
        File.WriteAllText(_temp["train.csv"], "a,1.5\nb,2.5\nb,1.5");
        File.WriteAllText(_temp["test.csv"], "a,1.5\na,7.5");

        Assert.Equal(
        [
            "There is no example to test on of class b.",
            "1 of the 2 examples to test on are also among those to train on.",
            "1 examples are there twice, with different classes.",
        ], OwnData.Load(_temp.Path, "x").Notes.ToArray());

        File.WriteAllText(_temp["all.csv"], string.Join('\n', Enumerable.Range(0, 5).Select(i => $"a,{i}.5")));
        Assert.Equal(["All examples are of one class, 'a'."], OwnData.Load(_temp["all.csv"], "x").Notes.ToArray());
    }

    [Fact]
    public void What_systems_put_beside_pictures_is_no_class_and_the_rest_is_counted()
    {
        for (int i = 0; i < 5; i++)
        {
            Write($"cat/{i}.pgm", "P2 1 1 255 " + (2 * i));
            Write($"dog/{i}.pgm", "P2 1 1 255 " + ((2 * i) + 1));
        }

        foreach (string hidden in new[] { ".ipynb_checkpoints/0-checkpoint.pgm", "__MACOSX/x.pgm", "cat/._0.pgm",
            "cat/.DS_Store", "dog/Thumbs.db", ".DS_Store", "cat/.ipynb_checkpoints/1.pgm" })
        {
            Write(hidden, "no picture");
        }

        Assert.Equal(["cat", "dog"], OwnData.Load(_temp.Path, "x").ClassNames.ToArray());
        Assert.DoesNotContain(
            OwnData.Load(_temp.Path, "x").Notes, n => n.Contains("passed over", StringComparison.Ordinal));

        Write("cat/a.gif", "");
        Write("cat/b.GIF", "");
        Write("dog/LICENSE", "");
        Write("README.txt", "");
        Write("bird/more/0.pgm", "P2 1 1 255 0");

        DataSet data = OwnData.Load(_temp.Path, "x");
        Assert.Equal(["cat", "dog"], data.ClassNames.ToArray());
        Assert.Contains(
            $"{_temp.Path}: passed over 3 files that are no pictures of a kind that is read (2 .gif, 1 LICENSE); "
                + "1 file beside the folders of the classes (README.txt); "
            + "1 folder without a picture (bird); 1 folder in those of the classes (bird/more).", data.Notes);
    }

    [Fact]
    public void Pictures_that_nobody_can_read_are_counted_where_there_are_no_others()
    {
        Write("cat/a.jpg", "");
        Write("cat/b.jpg", "");

        string message = Assert.Throws<FileNotFoundException>(() => OwnData.Load(_temp.Path, "x")).Message;

        Assert.Contains("with .pgm in it. ", message, StringComparison.Ordinal);
        Assert.Contains("2 .jpg", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_looked_at_before_pixels()
    {
        Write("a/0.pgm", "P2 1 1 255 0");
        Write("a/1.png", "");
        int read = 0;
        GreyPicture Decode(string path, Action<int, int> require)
        {
            require(30_000, 30_000);
            read++;
            return new GreyPicture(1, 1, [0]);
        }

        string message = Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x", Decode)).Message;

        Assert.Contains("1.png is 30000x30000; expected 1x1, as ", message, StringComparison.Ordinal);
        File.Delete(_temp["a/0.pgm"]);
        Assert.Contains("expected 268435456 at most",
            Assert.Throws<InvalidDataException>(() => OwnData.Load(_temp.Path, "x", Decode)).Message,
            StringComparison.Ordinal);
        Assert.Equal(0, read);
    }

    [Theory]
    [InlineData("Train", "TEST")]
    [InlineData("train", "test")]
    public void Halves_are_found_however_they_are_written(string train, string test)
    {
        Write($"{train}/a/0.pgm", "P2 1 1 255 0");
        Write($"{train}/b/0.pgm", "P2 1 1 255 1");
        Write($"{test}/b/0.pgm", "P2 1 1 255 2");

        DataSet data = OwnData.Load(_temp.Path, "x");

        Assert.Equal(["a", "b"], data.ClassNames.ToArray());
        Assert.Equal([1], data.Test.Labels.ToArray());
        Directory.Delete(_temp[test], recursive: true);
        Assert.Contains("'train' and no 'test'",
            Assert.Throws<DirectoryNotFoundException>(() => OwnData.Load(_temp.Path, "x")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named_with_its_place() => Assert.Contains(
        "x: value 1 of example 2 is NaN; expected finite numbers.",
        Assert.Throws<ArgumentException>(() =>
            new LabelledVectors("x", 2, new float[] { 1, 2, 3, 4, 5, float.NaN }, new byte[3])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Vectors_of_several_lengths_or_without_a_value_are_refused()
    {
        Assert.Contains("x: value 1 of vector 1 is Infinity;", Refusal([1, 2], [3, float.PositiveInfinity]),
            StringComparison.Ordinal);
        Assert.Contains("x: vector 1 has 1 values; expected 2", Refusal([1, 2], [3]), StringComparison.Ordinal);
        Assert.Contains("no vectors", Refusal(), StringComparison.Ordinal);

        static string Refusal(params float[][] vectors) =>
            Assert.Throws<ArgumentException>(() => new VectorExamples("x", vectors)).Message;
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp[path])!);
        File.WriteAllText(_temp[path], text);
    }
}
