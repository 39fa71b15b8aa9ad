namespace TinyQuant.Audio.Tests.Support;

/// <summary>Made-up sound.</summary>
internal static class Sounds
{
    public static readonly string[] Names = ["nothing", "one click", "noise", "quiet noise", "tone", "quiet tone",
        "rising tone", "full square", "below zero"];

    public static short[] Named(string name, int length, int seed = 1)
    {
        var random = new Random(seed);
        return name switch
        {
            "nothing" => new short[length],
            "one click" => Make(length, i => i == length / 3 ? 20_000 : 0),
            "noise" => Make(length, _ => random.Next(-9_000, 9_000)),
            "quiet noise" => Make(length, _ => random.Next(-3, 4)),
            "tone" => Make(length, i => 30_000 * Math.Sin(2 * Math.PI * i * 440 / 16_000)),
            "quiet tone" => Make(length, i => 20 * Math.Sin(2 * Math.PI * i * 1_000 / 16_000)),
            "rising tone" => Make(length, i => 15_000.0 * i / length * Math.Sin(2 * Math.PI * i * i / length / 8)),
            "full square" => Make(length, i => i / 37 % 2 == 0 ? short.MaxValue : short.MinValue),
            "below zero" => Make(length, _ => random.Next(-500, -100)),
            _ => throw new ArgumentException($"There is no sound '{name}'."),
        };
    }

    /// <summary>Speech-like: loud and quiet parts, noise and tones.</summary>
    public static short[] Stream(int length, int seed = 1)
    {
        var random = new Random(seed);
        return Make(length, i =>
            (Math.Sin(2 * Math.PI * i / 9_000.0) + 1.001)
                * ((4_000 * Math.Sin(2 * Math.PI * i * (200 + (i / 400)) / 16_000)) + random.Next(-2_000, 2_000)));
    }

    private static short[] Make(int length, Func<int, double> sample) =>
        [.. Enumerable.Range(0, length)
            .Select(i => (short)Math.Clamp(Math.Round(sample(i)), short.MinValue, short.MaxValue))];
}
