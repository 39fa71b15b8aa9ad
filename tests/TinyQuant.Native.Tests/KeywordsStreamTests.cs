using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary><c>keywords</c> on a stream.</summary>
public sealed partial class KeywordsStreamTests : IDisposable
{
    private const int Interrupted = 130;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [KeywordsAudioFact]
    public async Task Each_word_of_a_stream_is_heard_once_and_soon_and_in_a_file_too()
    {
        string[] words = ["down_1.wav", "left_1.wav", "right_1.wav", "up_1.wav", "yes_1000ms.wav"];
        short[] samples = Sentence(words);

        ProcessRun stream = await KeywordsProgram.ListenAsync(samples);
        File.WriteAllBytes(_temp["sentence.wav"], Wave.File(samples));
        ProcessRun file = await KeywordsProgram.RunAsync(_temp["sentence.wav"]);

        Nano.AssertDone(stream);
        Assert.Equal(stream, file);
        Match[] heard = [.. Line().Matches(stream.Output).Cast<Match>()];
        Assert.Equal(["Down", "Left", "Right", "Up", "Yes"], heard.Select(m => m.Groups["word"].Value));
        for (int i = 0; i < heard.Length; i++)
        {
            double second = double.Parse(heard[i].Groups["second"].Value, CultureInfo.InvariantCulture);
            Assert.InRange(second - (2 * i), 2.0, 3.5); // the word is in the second from 2 + 2i to 3 + 2i
        }
    }

    [KeywordsAudioFact]
    public async Task A_threshold_above_every_average_hears_nothing()
    {
        short[] samples = Sentence("yes_1000ms.wav");

        Assert.Empty((await KeywordsProgram.ListenAsync(samples, "--threshold", "1")).Output);
        Assert.NotEmpty((await KeywordsProgram.ListenAsync(samples, "--threshold", "0.9", "-")).Output);
    }

    [KeywordsTheory]
    [InlineData(0)]
    [InlineData(200)] // a quiet room
    [InlineData(12_000)]
    public async Task Silence_and_noise_are_no_words(int loudest)
    {
        ProcessRun run = await KeywordsProgram.ListenAsync(Wave.Noise(20, loudest));

        Nano.AssertDone(run);
        Assert.Empty(run.Output);
    }

    [KeywordsFact]
    public async Task A_stream_of_less_than_a_second_is_refused()
    {
        KeywordsProgram.AssertRefused(await KeywordsProgram.ListenAsync([]), "0 samples", "16000");
        KeywordsProgram.AssertRefused(await ProcessRun.RunAsync(KeywordsProgram.Path, [], [1, 2, 3]), "standard input");
        KeywordsProgram.AssertRefused(await KeywordsProgram.ListenAsync(new short[15_999]), "15999 samples");
        Nano.AssertDone(await KeywordsProgram.ListenAsync(new short[16_000]));
    }

    [KeywordsFact]
    public async Task A_WAV_file_on_standard_input_is_refused() =>
        KeywordsProgram.AssertRefused(await ProcessRun.RunAsync(KeywordsProgram.Path, [], Wave.File(new short[20_000])),
            "is a WAV file", "-t raw");

    [KeywordsAudioFact]
    public async Task Interrupting_it_ends_it_after_a_whole_line()
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT", KeywordsProgram.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(Wave.Bytes(Sentence("up_1.wav")));
        await process.StandardInput.BaseStream.FlushAsync();
        string? line = await HangGuard.WaitAsync(process.StandardOutput.ReadLineAsync());

        Signals.Interrupt(process);
        await HangGuard.WaitAsync(process.WaitForExitAsync());

        Assert.Matches(Line(), line + "\n");
        Assert.Equal(Interrupted, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>Two seconds of a quiet room, then each word and a second of the room.</summary>
    private static short[] Sentence(params string[] words) =>
    [
        .. Wave.Noise(2, 10),
        .. words.SelectMany((word, i) => (short[])[.. Wave.Samples(AudioFiles.File(word)), .. Wave.Noise(1, 10, i)]),
    ];

    [GeneratedRegex(@"^ *(?<second>\d+\.\d\d) s  (?<word>[A-Z][a-z]+)  (?<score>[01]\.\d{3})\n",
        RegexOptions.Multiline)]
    private static partial Regex Line();
}
