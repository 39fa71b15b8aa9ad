using System.Numerics;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Pools over windows that lie over borders, and of up to 324 places.</summary>
internal static class PoolCases
{
    [KernelCase("AveragePool2D.Int8")]
    public static void AverageInt8(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Pool(s, s.Length());
        int bias = s.Of(-300, -40, 0, 40, 300); // all codes at an end, too
        sbyte[] input = s.Values(WindowCases.Inputs(g), () => (sbyte)Math.Clamp(s.Int(-128, 127) + bias, -128, 127));
        (int min, int max) = s.Of((-128, 127), (-20, 90));
        Span<sbyte> output = s.Room<sbyte>(WindowCases.Outputs(g));
        AveragePool2D.Int8(s.Copy(input), g, min, max, output);
        Assert.Equal(Plain(g, input, codes =>
        {
            int sum = codes.Sum(code => code);
            int half = sum > 0 ? codes.Count / 2 : -(codes.Count / 2);
            return (sbyte)Math.Clamp((sum + half) / codes.Count, min, max);
        }), output.ToArray());
    }

    [KernelCase("AveragePool2D.Int8HalfUp")]
    public static void AverageHalfUp(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Pool(s, s.Length());
        int bias = s.Of(-300, -40, 0, 40, 300);
        sbyte[] input = s.Values(WindowCases.Inputs(g), () => (sbyte)Math.Clamp(s.Int(-128, 127) + bias, -128, 127));
        (int min, int max) = s.Of((-128, 127), (-20, 90));
        Span<sbyte> output = s.Room<sbyte>(WindowCases.Outputs(g));
        AveragePool2D.Int8HalfUp(s.Copy(input), g, min, max, output);
        Assert.Equal(Plain(g, input, codes =>
        {
            int mean = (codes.Sum(code => code + 128) + (codes.Count / 2)) / codes.Count; // of bytes
            return (sbyte)Math.Clamp(mean - 128, min, max);
        }), output.ToArray());
    }

    [KernelCase("AveragePool2D.Float32")]
    public static void AverageFloat32(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Pool(s, s.Length());
        float[] input = s.Eighths(WindowCases.Inputs(g));
        Span<float> output = s.Room<float>(WindowCases.Outputs(g));
        AveragePool2D.Float32(s.Copy(input), g, -1, 2, output);
        Assert.Equal(Plain(g, input, reals => Math.Clamp(reals.Sum() / reals.Count, -1, 2)), output.ToArray());
    }

    [KernelCase("AveragePool2D.Int16")]
    public static void AverageInt16(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Pool(s, s.Length());
        short[] input = WordCases.Codes(s, WindowCases.Inputs(g));
        (int min, int max) = s.Of((-32768, 32767), (-20, 9000));
        Span<short> output = s.Room<short>(WindowCases.Outputs(g));
        AveragePool2D.Int16(s.Copy(input), g, min, max, output);
        Assert.Equal(Plain(g, input, codes =>
        {
            int sum = codes.Sum(code => code);
            int half = sum > 0 ? codes.Count / 2 : -(codes.Count / 2);
            return (short)Math.Clamp((sum + half) / codes.Count, min, max);
        }), output.ToArray());
    }

    [KernelCase("L2Pool2D.Float32")]
    public static void L2(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Pool(s, s.Length());
        float[] input = s.Eighths(WindowCases.Inputs(g));
        Span<float> output = s.Room<float>(WindowCases.Outputs(g));
        L2Pool2D.Float32(s.Copy(input), g, 1, 3, output);
        Assert.Equal(
            Plain(g, input, reals => Math.Clamp(MathF.Sqrt(reals.Sum(x => x * x) / reals.Count), 1, 3)),
            output.ToArray());
    }

    [KernelCase("MaxPool2D.Run")]
    public static void Max(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Pool(s, s.Length());
        Max(s, g, s.Codes(WindowCases.Inputs(g)), (sbyte)-100, (sbyte)90);
        Max(s, g, WordCases.Codes(s, WindowCases.Inputs(g)), (short)-9000, (short)20000);
        Max(s, g, s.Eighths(WindowCases.Inputs(g)), -1, 2);
    }

    private static void Max<T>(GuardedSpans s, WindowGeometry g, T[] input, T min, T max)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        Span<T> output = s.Room<T>(WindowCases.Outputs(g));
        MaxPool2D.Run(s.Copy(input), g, min, max, output);
        Assert.Equal(Plain(g, input, values => T.Clamp(values.Max(), min, max)), output.ToArray());
    }

    private static T[] Plain<T>(WindowGeometry g, T[] input, Func<List<T>, T> of)
    {
        var results = new List<T>();
        for (int i = 0; i < WindowCases.Outputs(g); i++)
        {
            int position = i / g.OutputChannels;
            int top = g.FirstRow(position / g.OutputWidth % g.OutputHeight),
                left = g.FirstColumn(position % g.OutputWidth);
            List<T> covered = [];
            for (int y = Math.Max(top, 0); y < Math.Min(top + g.FilterHeight, g.InputHeight); y++)
            {
                for (int x = Math.Max(left, 0); x < Math.Min(left + g.FilterWidth, g.InputWidth); x++)
                {
                    int row = (position / g.OutputWidth / g.OutputHeight * g.InputHeight) + y;
                    covered.Add(input[(((row * g.InputWidth) + x) * g.InputChannels) + (i % g.OutputChannels)]);
                }
            }

            results.Add(of(covered));
        }

        return [.. results];
    }
}
