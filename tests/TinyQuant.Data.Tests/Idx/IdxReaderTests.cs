using CsCheck;

namespace TinyQuant.Data.Tests;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_is_written_is_read() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[1, 9])
            .SelectMany((count, rows, columns) => Gen.Select(
                Gen.Byte.Array[count * rows * columns],
                Gen.Byte[0, 9].Array[count],
                (pixels, labels) => new LabelledImages("x/test", rows, columns, pixels, labels)))
            .Sample(
                images =>
                {
                    IdxWriter.Write(images, _temp.Path, "t10k");
                    LabelledImages read = Read();
                    return read.Rows == images.Rows && read.Columns == images.Columns && read.Name == "x/test"
                        && read.Pixels.Span.SequenceEqual(images.Pixels.Span)
                        && read.Labels.Span.SequenceEqual(images.Labels.Span);
                },
                iter: 50,
                threads: 1);

    [Fact]
    public void The_writer_leaves_two_files_of_the_published_form()
    {
        var images = new LabelledImages("x", 4, 5, TinySet.Images(3, 9).AsMemory(16), TinySet.Labels(3).AsMemory(8));
        IdxWriter.Write(images, _temp.Path, "t10k");

        Assert.Equal(["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"], _temp.Files());
        Assert.Equal(TinySet.Images(3, 9), File.ReadAllBytes(_temp["t10k-images-idx3-ubyte"]));
        Assert.Equal(TinySet.Labels(3), File.ReadAllBytes(_temp["t10k-labels-idx1-ubyte"]));
    }

    [Fact]
    public void Gzip_is_told_by_content_whatever_the_name()
    {
        Put(TinySet.Gzip(TinySet.Images(3, 1)), TinySet.Labels(3));

        Assert.Equal(TinySet.Images(3, 1)[56..76], Read().Image(2).ToArray());
    }

    [Fact]
    public void Labels_for_images_are_refused()
    {
        Put(TinySet.Labels(20), TinySet.Labels(3));
        AssertImagesError("magic number 0x00000801, expected 0x00000803 (IDX images).");
    }

    [Fact]
    public void A_web_page_for_a_file_is_refused()
    {
        Put("<html>Log in, please</html>"u8.ToArray(), TinySet.Labels(3));
        AssertImagesError("magic number 0x3C68746D, expected 0x00000803 (IDX images).");
    }

    [Theory]
    [InlineData(0, "truncated, 0 bytes of its 16-byte head.")]
    [InlineData(15, "truncated, 15 bytes of its 16-byte head.")]
    [InlineData(16, "truncated, 16 bytes, expected 76 for the 3 items it declares.")]
    [InlineData(75, "truncated, 75 bytes, expected 76 for the 3 items it declares.")]
    public void A_truncated_file_is_refused(int length, string error)
    {
        Put(TinySet.Images(3, 1)[..length], TinySet.Labels(3));
        AssertImagesError(error);
    }

    [Fact]
    public void A_truncated_content_in_whole_gzip_is_refused()
    {
        Put(TinySet.Gzip(TinySet.Images(3, 1)[..75]), TinySet.Labels(3));
        AssertImagesError("truncated, 75 bytes, expected 76 for the 3 items it declares.");
    }

    [Fact]
    public void Truncated_gzip_is_refused()
    {
        byte[] whole = TinySet.Gzip(TinySet.Images(200, 1));
        Put(whole[..(whole.Length / 2)], TinySet.Labels(200));

        string message = Assert.Throws<InvalidDataException>(() => Read()).Message;
        Assert.StartsWith(_temp["t10k-images-idx3-ubyte"] + ": ", message, StringComparison.Ordinal);
        Assert.Contains("truncated", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_gzip_is_refused()
    {
        byte[] damaged = TinySet.Gzip(TinySet.Images(200, 1));
        damaged.AsSpan(10, 40).Fill(0xFF);
        Put(damaged, TinySet.Labels(200));

        string message = Assert.Throws<InvalidDataException>(() => Read()).Message;
        Assert.StartsWith(
            _temp["t10k-images-idx3-ubyte"] + ": its gzip compression is damaged", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trailing_bytes_are_refused(bool compressed)
    {
        byte[] content = [.. TinySet.Images(3, 1), 0];
        Put(compressed ? TinySet.Gzip(content) : content, TinySet.Labels(3));
        AssertImagesError("trailing bytes, expected 76 bytes for the 3 items it declares.");
    }

    [Theory]
    [InlineData(1u, 0u, 28u, "declares images of 0x28 pixels, expected 1 to 4096 on each side.")]
    [InlineData(1u, 28u, 4097u, "declares images of 28x4097 pixels, expected 1 to 4096 on each side.")]
    [InlineData(0u, 28u, 28u, "declares 0 items of 784 bytes, expected 1 to 268435456 bytes in all.")]
    [InlineData(
        uint.MaxValue, 4096u, 4096u,
        "declares 4294967295 items of 16777216 bytes, expected 1 to 268435456 bytes in all.")]
    public void Impossible_sizes_are_refused(uint count, uint rows, uint columns, string error)
    {
        Put(TinySet.Head(0x803, count, rows, columns), TinySet.Labels(3));
        AssertImagesError(error);
    }

    [Theory]
    [InlineData(false, "truncated, 16 bytes, expected 200704016 for the 256000 items it declares.")]
    [InlineData(true, "truncated, too short, expected 200704016 for the 256000 items it declares.")]
    public void A_head_that_lies_about_a_large_size_is_refused_before_memory_is_taken(bool compressed, string error)
    {
        byte[] head = TinySet.Head(0x803, 256_000, 28, 28);
        Put(compressed ? TinySet.Gzip(head) : head, TinySet.Labels(3));
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertImagesError(error);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void A_gzip_bomb_is_read_no_further_than_declared()
    {
        Put(TinySet.Gzip([.. TinySet.Images(3, 1), .. new byte[50_000_000]]), TinySet.Labels(3));
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertImagesError("trailing bytes, expected 76 bytes for the 3 items it declares.");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused()
    {
        Put(TinySet.Images(3, 1), [.. TinySet.Head(0x801, 3), 0, 9, 10]);
        AssertError("t10k-labels-idx1-ubyte", "label 2 is 10, expected 0 to 9.");
    }

    [Fact]
    public void Numbers_that_differ_are_refused()
    {
        Put(TinySet.Images(3, 1), TinySet.Labels(4));
        AssertError(
            "t10k-labels-idx1-ubyte",
            $"4 labels, expected 3, one for each image of {_temp["t10k-images-idx3-ubyte"]}.");
    }

    private void Put(byte[] images, byte[] labels)
    {
        File.WriteAllBytes(_temp["t10k-images-idx3-ubyte"], images);
        File.WriteAllBytes(_temp["t10k-labels-idx1-ubyte"], labels);
    }

    private LabelledImages Read() =>
        IdxReader.Read(_temp["t10k-images-idx3-ubyte"], _temp["t10k-labels-idx1-ubyte"], "x/test");

    private void AssertImagesError(string error) => AssertError("t10k-images-idx3-ubyte", error);

    private void AssertError(string file, string error) =>
        Assert.Equal($"{_temp[file]}: {error}", Assert.Throws<InvalidDataException>(() => Read()).Message);
}
