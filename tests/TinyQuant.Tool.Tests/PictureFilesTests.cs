using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;
using TinyQuant.Data;
using TinyQuant.Tests;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Tests;

/// <summary>Pictures of every kind that is read, and broken ones.</summary>
public sealed class PictureFilesTests : IDisposable
{
    private const int Side = 24;

    private static readonly byte[] s_start = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'];

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 0)]
    [InlineData(SKEncodedImageFormat.Jpeg, 4)] // it loses, and its own luma is rounded
    [InlineData(SKEncodedImageFormat.Webp, 4)]
    public void A_picture_becomes_its_luma(SKEncodedImageFormat format, int tolerance)
    {
        File.WriteAllBytes(_temp["p"], Encode(format));
        (int, int) told = default;

        GreyPicture picture = PictureFiles.Read(_temp["p"], (rows, columns) => told = (rows, columns));

        Assert.Equal((Side, Side + 1), told);
        Assert.Equal((Side, Side + 1), (picture.Rows, picture.Columns));
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            SKColor color = Color(i % (Side + 1), i / (Side + 1));
            double luma = (0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue);
            Assert.InRange(picture.Pixels[i], Math.Round(luma) - tolerance, Math.Round(luma) + tolerance);
        }
    }

    [Theory] // Adam7 passes of a 4x4 picture of 8 bits, and 16 bits
    [InlineData(8, 1, (4 * 4) + 5)]
    [InlineData(8, 0, 4 * 5)]
    [InlineData(16, 0, 4 * 9)]
    [InlineData(16, 1, (4 * 8) + 5)]
    public void What_a_picture_inflates_to_is_read_no_further_than_its_pixels(byte depth, byte interlace, int needed)
    {
        byte[] head = [.. BigEndian(4), .. BigEndian(4), depth, 0, 0, 0, interlace];
        byte[] bomb = Packed(needed + 100_000_000);
        byte[] text = [.. "k\0\0"u8, .. bomb];
        byte[] profile = Chunk("iCCP"u8, text);
        File.WriteAllBytes(_temp["p"],
        [
            .. s_start, .. Chunk("IHDR"u8, head), .. profile, .. Chunk("zTXt"u8, text),
            .. Chunk("iTXt"u8, [.. "k\0\u0001\0\0\0"u8, .. bomb]),
            .. Chunk("IDAT"u8, bomb), .. Chunk("IEND"u8, []),
        ]);
        Assert.Equal(new byte[16], PictureFiles.Read(_temp["p"], (_, _) => { }).Pixels);
        File.WriteAllBytes(_temp["p"],
            [.. s_start, .. Chunk("IHDR"u8, head), .. Chunk("IDAT"u8, Packed(needed - 3)), .. Chunk("IEND"u8, [])]);
        Assert.Throws<InvalidDataException>(() => PictureFiles.Read(_temp["p"], (_, _) => { }));
    }

    [Theory] // each scan goes over all of the picture again
    [InlineData(90, true)]
    [InlineData(1_000, false)]
    public void A_picture_of_very_many_scans_is_refused(int scans, bool isRead)
    {
        byte[] dc = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0], ac = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0, 0x7F];
        File.WriteAllBytes(_temp["p"],
        [
            0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64), 0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1,
            0x11, 0,
            .. Table(0x00), .. Table(0x10), .. dc, .. Enumerable.Repeat(ac, scans).SelectMany(scan => scan), 0xFF, 0xD9,
        ]);
        if (isRead)
        {
            Assert.Equal(Enumerable.Repeat((byte)128, 64), PictureFiles.Read(_temp["p"], (_, _) => { }).Pixels);
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => PictureFiles.Read(_temp["p"], (_, _) => { }));
        }

        // A Huffman table whose one code, a zero bit, is 0: no difference, and the end of a block.
        static byte[] Table(byte kind) => [0xFF, 0xC4, 0, 20, kind, 1, .. new byte[15], 0];
    }

    [Fact]
    public void What_is_transparent_is_black()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, new SKColor(200, 200, 200, 0));
        bitmap.SetPixel(1, 0, new SKColor(200, 200, 200, 51));
        File.WriteAllBytes(_temp["p"], Encode(bitmap, SKEncodedImageFormat.Png));

        Assert.Equal([0, 40], PictureFiles.Read(_temp["p"], (_, _) => { }).Pixels);
    }

    [Theory] // it was black from there on
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_picture_that_is_cut_off_is_named(SKEncodedImageFormat format)
    {
        byte[] whole = Encode(format);
        File.WriteAllBytes(_temp["p"], whole);
        byte[] pixels = PictureFiles.Read(_temp["p"], (_, _) => { }).Pixels;
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_temp["p"], whole[..length]);
            try
            {
                // what follows the last pixel may be missing
                Assert.Equal(pixels, PictureFiles.Read(_temp["p"], (_, _) => { }).Pixels);
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith(_temp["p"], e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, whole.Length - 20, whole.Length);
    }

    [Fact]
    public void The_size_is_looked_at_before_pixels()
    {
        File.WriteAllBytes(_temp["p.png"], Png(30_000, 30_000));
        Assert.Contains(
            "p.png: it is 30000x30000; expected at most 67108864 pixels",
            Assert.Throws<InvalidDataException>(() => PictureFiles.Read(_temp["p.png"], (_, _) => { })).Message,
            StringComparison.Ordinal);

        File.WriteAllBytes(_temp["p.png"], Png(60_000, 60_000));
        Assert.Contains(
            "p.png: it is 60000x60000; expected at most 67108864 pixels",
            Assert.Throws<InvalidDataException>(() => PictureFiles.Read(_temp["p.png"], (_, _) => { })).Message,
            StringComparison.Ordinal);

        File.WriteAllBytes(_temp["p.png"], Png(3_000, 2_000));
        Assert.Equal("2000x3000", Assert.Throws<InvalidDataException>(
            () =>
                PictureFiles.Read(
                    _temp["p.png"], (rows, columns) => throw new InvalidDataException($"{rows}x{columns}"))).Message);
    }

    [Fact]
    public void What_is_no_picture_is_named()
    {
        File.WriteAllText(_temp["p.png"], "<html>Not found</html>");
        Assert.Contains("p.png: it is no picture", Assert.Throws<InvalidDataException>(
            () => PictureFiles.Read(_temp["p.png"], (_, _) => { })).Message, StringComparison.Ordinal);
    }

    private static SKColor Color(int x, int y) => new((byte)(x * 10), (byte)(y * 10), (byte)((x + y) * 5));

    private static byte[] Encode(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side + 1, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < Side * (Side + 1); i++)
        {
            bitmap.SetPixel(i % (Side + 1), i / (Side + 1), Color(i % (Side + 1), i / (Side + 1)));
        }

        return Encode(bitmap, format);
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    private static byte[] Packed(int zeros)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] some = new byte[1 << 20];
            for (int left = zeros; left > 0; left -= some.Length)
            {
                zlib.Write(some, 0, Math.Min(left, some.Length));
            }
        }

        return packed.ToArray();
    }

    /// <summary>The start of a grey PNG of any size.</summary>
    private static byte[] Png(int columns, int rows) =>
    [
        .. s_start, .. Chunk("IHDR"u8, [.. BigEndian((uint)columns), .. BigEndian((uint)rows), 8, 0, 0, 0, 0]),
        .. Chunk("IDAT"u8, Packed(100_000)),
    ];

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] all = [.. name, .. content];
        uint crc = uint.MaxValue;
        foreach (byte value in all)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return [.. BigEndian((uint)content.Length), .. all, .. BigEndian(~crc)];
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
