using System.Text;
using TinyQuant.Golden;
using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary><c>nano IMAGE</c>: pictures in every form, and files that are none.</summary>
public sealed class PictureTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [NativeFact]
    public async Task One_picture_in_every_form_is_one_digit()
    {
        for (int i = 0; i < GoldenAnswers.Count; i++)
        {
            string digit = $"{GoldenAnswers.Int8Predictions[i]}  confidence ";
            byte[] pixels = GoldenAnswers.Image(i).ToArray();
            foreach (byte[] file in new[] { pixels, Pgm.Binary(pixels), Pgm.Text(pixels) })
            {
                ProcessRun run = await Nano.RunAsync(Write("picture", file));
                Nano.AssertDone(run);
                Assert.StartsWith(digit, run.Output, StringComparison.Ordinal);
            }

            ProcessRun piped = await Nano.RunWithInputAsync(pixels, "-");
            Nano.AssertDone(piped);
            Assert.StartsWith(digit, piped.Output, StringComparison.Ordinal);
        }
    }

    [NativeFact]
    public async Task A_PGM_through_a_pipe()
    {
        byte[] pixels = GoldenAnswers.Image(3).ToArray();

        ProcessRun run = await Nano.RunWithInputAsync(Pgm.Text(pixels), "-");

        Nano.AssertDone(run);
        Assert.StartsWith($"{GoldenAnswers.Int8Predictions[3]} ", run.Output, StringComparison.Ordinal);
    }

    [NativeFact]
    public async Task A_PGM_with_a_smaller_maximum_is_stretched()
    {
        byte[] pixels = [.. GoldenAnswers.Image(3).ToArray().Select(p => (byte)(p / 17))];

        ProcessRun run = await Nano.RunAsync(Write("picture.pgm", Pgm.Binary(pixels, "P5 28 28 15\n")));

        Nano.AssertDone(run);
        Assert.StartsWith($"{GoldenAnswers.Int8Predictions[3]} ", run.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int, string> WrongFiles => new()
    {
        { "too short", "", 783, "783" },
        { "too long", "", 785, "785" },
        { "empty", "", 0, "0 bytes" },
        { "larger than any", "", 100_000, "larger" },
        { "PGM of another size", "P5\n29 28\n255\n", 812, "29 x 28" },
        { "PGM of a great maximum", "P5\n28 28\n65535\n", 1568, "65535" },
        { "PGM without a maximum", "P5\n28 28\n0\n", 784, "values to 0" },
        { "PGM that ends", "P5\n28 28\n255\n", 500, "500" },
        { "PGM text that ends", "P2\n28 28\n255\n1 2 3 4", 0, "number" },
        { "PGM with a value above the maximum", "P2\n28 28\n255\n256 ", 0, "256" },
        { "PGM with a negative value", "P2\n28 28\n255\n-1 ", 0, "number" },
        { "PGM head that ends", "P5\n28", 0, "" },
        { "PGM head without numbers", "P5\nwide\n", 0, "number" },
        { "PGM with an endless comment", "P5 # and no end", 0, "number" },
        { "PBM", "P4\n28 28\n", 112, "PGM" },
    };

    [NativeTheory]
    [MemberData(nameof(WrongFiles))]
    public async Task A_file_that_is_no_picture(string name, string header, int zeros, string part)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(header), .. new byte[zeros]];

        Nano.AssertRefused(await Nano.RunAsync(Write(name, bytes)), $"'{_temp[name]}'", part);
        Nano.AssertRefused(await Nano.RunWithInputAsync(bytes, "-"), "'-'", part);
    }

    [NativeFact]
    public async Task A_path_that_cannot_be_read()
    {
        Nano.AssertRefused(await Nano.RunAsync(_temp["missing"]), $"'{_temp["missing"]}'");
        Nano.AssertRefused(await Nano.RunAsync(_temp.Path), $"'{_temp.Path}'");
        Nano.AssertRefused(await Nano.RunAsync(""), "''");
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_temp[name], bytes);
        return _temp[name];
    }
}
