using System.Diagnostics;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Soak;

/// <summary>Publishes frames of many sensors at a pace.</summary>
internal static class Load
{
    private const int Sensors = 100;
    private const int Windows = 500;
    private const int Slices = 100; // of a second

    private static readonly string[] s_topics = [
        .. Enumerable.Range(0, Sensors).Select(i => $"vibration/s{i:00}/frame")];

    // Two of the sensors are on faulty machines.
    private static readonly byte[][] s_healthy = [
        .. Enumerable.Range(0, Windows)
        .Select(i => TestFrames.Int16(TestFrames.Samples(2 * i, isFaulty: false), 0.001f))];
    private static readonly byte[][] s_faulty = [
        .. Enumerable.Range(0, Windows)
        .Select(i => TestFrames.Int16(TestFrames.Samples((2 * i) + 1, isFaulty: true), 0.001f))];

    /// <summary>
    /// Publishes, a hundredth of a second's messages at a time, and never makes up for more than a second.
    /// </summary>
    /// <param name="port">The broker's.</param>
    /// <param name="qualityOfService">0 or 1.</param>
    /// <param name="rate">Messages a second.</param>
    /// <param name="seconds">How long.</param>
    /// <returns>How many were sent, and in what time.</returns>
    public static async Task<(long Sent, TimeSpan Time)> RunAsync(int port, int qualityOfService, int rate, int seconds)
    {
        using var publisher = new RawPublisher(port, qualityOfService);
        long start = Stopwatch.GetTimestamp();
        TimeSpan end = TimeSpan.FromSeconds(seconds);
        double due = 0;
        for (TimeSpan now = TimeSpan.Zero, last = now; now < end; now = Stopwatch.GetElapsedTime(start))
        {
            due = Math.Min(due + (rate * (now - last).TotalSeconds), rate);
            last = now;
            for (; due >= 1; due--)
            {
                int at = (int)(publisher.Sent % int.MaxValue);
                int sensor = at % Sensors;
                publisher.Publish(s_topics[sensor], (sensor < 2 ? s_faulty : s_healthy)[at / Sensors % Windows]);
            }

            publisher.Flush();
            await Task.Delay(1_000 / Slices);
        }

        await publisher.CompleteAsync();
        return (publisher.Sent, Stopwatch.GetElapsedTime(start));
    }
}
