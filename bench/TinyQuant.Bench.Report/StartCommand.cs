using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TinyQuant.Bench.Report;

/// <summary>A program whose whole run is measured.</summary>
/// <param name="Label">In tables.</param>
/// <param name="Bytes">What is deployed of it.</param>
/// <param name="Milliseconds">From start to end: the median.</param>
/// <param name="LeastMilliseconds">The least.</param>
/// <param name="PeakKibibytes">The most memory it had: the median.</param>
/// <param name="Answer">What it computed.</param>
internal sealed record StartResult(
    string Label, long Bytes, double Milliseconds, double LeastMilliseconds, long PeakKibibytes, string Answer);

/// <summary>Times whole processes, in turns, and asks each for its peak of memory in runs of their own.</summary>
internal static class StartCommand
{
    private const int PeakRuns = 5;
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static int Run(string json, int rounds, string[] programs)
    {
        (string Label, long Bytes, string[] Command)[] all = [.. Split(programs)];
        double[][] times = Array.ConvertAll(all, _ => new double[rounds]);
        for (int round = -1; round < rounds; round++)
        {
            for (int p = 0; p < all.Length; p++)
            {
                double time = ChildProcess.Run(all[p].Command).TotalMilliseconds;
                if (round >= 0) // the first finds nothing in the file cache
                {
                    times[p][round] = time;
                }
            }
        }

        var results = new List<StartResult>();
        for (int p = 0; p < all.Length; p++)
        {
            Array.Sort(times[p]);
            string[][] peaks = [
                .. Enumerable.Range(0, PeakRuns).Select(_ => Output([.. all[p].Command, "--peak"]).Split(' '))
                .OrderBy(o => long.Parse(o[1], CultureInfo.InvariantCulture))];
            string[] middle = peaks[PeakRuns / 2];
            var result = new StartResult(all[p].Label, all[p].Bytes, times[p][rounds / 2], times[p][0],
                long.Parse(middle[1], CultureInfo.InvariantCulture), middle[0]);
            results.Add(result);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{result.Label,-28} {result.Milliseconds,8:F2} ms (least {result.LeastMilliseconds:F2})  peak {result.PeakKibibytes,7:N0} KiB  {result.Bytes,11:N0} bytes  answer {result.Answer}"));
        }

        File.WriteAllText(json, JsonSerializer.Serialize(results, s_indented));
        if (results.Select(r => r.Answer).Distinct().Count() == 1)
        {
            return 0;
        }

        Console.Error.WriteLine("the programs do not answer alike");
        return 1;
    }

    private static IEnumerable<(string Label, long Bytes, string[] Command)> Split(string[] arguments)
    {
        for (int at = 0; at < arguments.Length;)
        {
            int end = Array.IndexOf(arguments, "--", at);
            end = end < 0 ? arguments.Length : end;
            string[] first = arguments[at].Split('=', 3);
            yield return (
                first[0], long.Parse(first[1], CultureInfo.InvariantCulture), [first[2], .. arguments[(at + 1)..end]]);
            at = end + 1;
        }
    }

    private static string Output(string[] command)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }
}
