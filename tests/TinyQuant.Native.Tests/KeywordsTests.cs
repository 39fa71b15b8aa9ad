using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary><c>keywords</c>: files, and what it refuses.</summary>
public sealed class KeywordsTests : IDisposable
{
    private const long MostBytes = 1_400_000;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>What the reference answers: TensorFlow's front end and TensorFlow Lite Micro's model.</summary>
    [KeywordsAudioTheory]
    [InlineData("down_1.wav", "Down  0.996")]
    [InlineData("left_1.wav", "Left  0.996")]
    [InlineData("right_1.wav", "Right  0.996")]
    [InlineData("up_1.wav", "Up  0.996")]
    [InlineData("yes_1000ms.wav", "Yes  0.996")]
    [InlineData("silence_1000ms.wav", "Silence  0.906")]
    [InlineData("noise_1000ms.wav", "Unknown  0.703")]
    [InlineData("no_1000ms.wav", "Go  0.836")] // the model's own mistake
    public async Task A_recorded_word_is_what_the_reference_says(string name, string answer)
    {
        ProcessRun run = await KeywordsProgram.RunAsync(AudioFiles.File(name));

        Nano.AssertDone(run);
        Assert.Equal(answer + "\n", run.Output);
    }

    [KeywordsFact]
    public async Task The_self_test_passes_without_the_heap()
    {
        ProcessRun run = await KeywordsProgram.RunAsync("--self-test");

        Nano.AssertDone(run);
        Assert.StartsWith("5000 frames: ", run.Output, StringComparison.Ordinal);
        Assert.Contains(", 0 bytes allocated (", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("self-test passed\n", run.Output, StringComparison.Ordinal);
    }

    [KeywordsFact]
    public async Task A_short_file_is_padded_to_a_second()
    {
        short[] samples = Wave.Noise(0.7, 5_000);

        ProcessRun shorter = await KeywordsProgram.RunAsync(Write("short.wav", Wave.File(samples)));
        ProcessRun whole = await KeywordsProgram.RunAsync(
            Write("whole.wav", Wave.File([.. samples, .. new short[4_800]])));

        Nano.AssertDone(shorter);
        Assert.Equal(whole.Output, shorter.Output);
        Assert.Matches(@"^[A-Z][a-z]+  0\.\d{3}\n$", shorter.Output);
    }

    [KeywordsFact]
    public async Task A_long_file_without_a_word_says_so()
    {
        ProcessRun run = await KeywordsProgram.RunAsync(Write("long.wav", Wave.File(new short[40_000])));

        Nano.AssertDone(run);
        Assert.Equal("no word in 2.50 s\n", run.Output);
    }

    [KeywordsTheory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_names_every_option(string option)
    {
        ProcessRun run = await KeywordsProgram.RunAsync(option);

        Nano.AssertDone(run);
        Assert.All(["keywords FILE.wav", "--threshold T", "--self-test", "arecord", "Exit code", "Ctrl-C"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [KeywordsTheory]
    [InlineData("--nonsense")]
    [InlineData("-x")]
    [InlineData("")]
    [InlineData("--self-test", "more")]
    [InlineData("one.wav", "two.wav")]
    [InlineData("one.wav", "--help")]
    public async Task A_command_that_is_none_is_refused(params string[] arguments) =>
        KeywordsProgram.AssertRefused(
            await KeywordsProgram.RunAsync(arguments), $"'{string.Join(' ', arguments)}'", "--help");

    [KeywordsTheory]
    [InlineData("--threshold")]
    [InlineData("--threshold", "much")]
    [InlineData("--threshold", "0")]
    [InlineData("--threshold", "1.01")]
    [InlineData("--threshold", "NaN")]
    public async Task A_threshold_that_is_none_is_refused(params string[] arguments) =>
        KeywordsProgram.AssertRefused(
            await KeywordsProgram.RunAsync(arguments), "--threshold is", "above 0, at most 1");

    public static TheoryData<string, byte[], string> WrongFiles => new()
    {
        { "of another rate", Wave.File(new short[8], rate: 44_100),
            "44100 Hz; expected PCM of 16 bits, 1 channel, 16000 Hz" },
        { "in stereo", Wave.File(new short[8], channels: 2), "2 channels" },
        { "cut off", Wave.File(new short[8])[..50], "6 bytes follow where its chunk has 16" },
        { "without samples", Wave.File([]), "no samples" },
        { "of samples alone", Wave.Bytes(new short[8]), "not a WAV file" },
        { "empty", [], "0 bytes" },
    };

    [KeywordsTheory]
    [MemberData(nameof(WrongFiles))]
    public async Task A_file_of_another_form_is_refused(string name, byte[] bytes, string part) =>
        KeywordsProgram.AssertRefused(await KeywordsProgram.RunAsync(Write(name, bytes)), $"'{_temp[name]}'", part);

    [KeywordsFact]
    public async Task A_path_that_cannot_be_read_is_refused()
    {
        KeywordsProgram.AssertRefused(
            await KeywordsProgram.RunAsync(_temp["missing.wav"]), "missing.wav", "cannot be read");
        KeywordsProgram.AssertRefused(await KeywordsProgram.RunAsync(_temp.Path), _temp.Path, "cannot be read");
    }

    [KeywordsFact]
    public void It_is_small() => Assert.InRange(new FileInfo(KeywordsProgram.Path).Length, 1, MostBytes);

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_temp[name], bytes);
        return _temp[name];
    }
}
