using TinyQuant.Kernels;

namespace TinyQuant.UnitCheck;

/// <summary>Kernels without weights against plain loops, for lengths that take every path.</summary>
internal sealed partial class Check
{
    private const int MostChannels = 150;

    /// <summary>Linear sums, and sums and products in fixed point.</summary>
    public void Sums()
    {
        int linear = 0, sums = 0, products = 0;
        for (int length = 1; length < MostChannels; length++)
        {
            sbyte[] left = Codes(length), right = Codes(length);
            var actual = new sbyte[length];
            (int ofLeft, int ofRight, int offset) = (
                _random.Next(-1 << 22, 1 << 22), _random.Next(-1 << 22, 1 << 22), _random.Next(-1 << 29, 1 << 29));
            LinearAdd.Int8(left, right, default, new(ofLeft, ofRight, offset, 21, -120, 127), actual);
            linear += Differences(actual, i => ((ofLeft * left[i]) + (ofRight * right[i]) + offset) >> 21);

            int multiplier = _random.Next(1 << 30, int.MaxValue);
            Add.Int8<DoubleRounding>(
                left, right, default, new(3, multiplier, -1, -7, multiplier, 0, 5, multiplier, -18, -120, 127), actual);
            sums += Differences(actual, i => DoubleRounding.Multiply(
                DoubleRounding.Multiply((left[i] - 3) << 20, multiplier, -1)
                    + DoubleRounding.Multiply((right[i] + 7) << 20, multiplier, 0), multiplier, -18) + 5);
            Mul.Int8<SingleRounding>(left, right, default, new(3, -7, 5, multiplier, -6, -120, 127), actual);
            products += Differences(
                actual, i => SingleRounding.Multiply((left[i] - 3) * (right[i] + 7), multiplier, -6) + 5);
        }

        Report("sums, linear", linear);
        Report("sums, fixed point", sums);
        Report("products", products);
    }

    /// <summary>Means and maxima of windows, and tables.</summary>
    public void Windows()
    {
        int means = 0, maxima = 0, tables = 0;
        for (int channels = 1; channels < MostChannels; channels++)
        {
            int rows = _random.Next(1, 18), columns = _random.Next(1, 18);
            sbyte[] input = Codes(rows * columns * channels);
            var actual = new sbyte[channels];
            WindowGeometry whole = new(1, rows, columns, channels, 1, 1, channels, rows, columns);
            AveragePool2D.Int8(input, whole, -120, 127, actual);
            means += Differences(actual, channel =>
            {
                int sum = 0;
                for (int at = channel; at < input.Length; at += channels)
                {
                    sum += input[at];
                }

                int half = rows * columns / 2;
                return (sum + (sum > 0 ? half : -half)) / (rows * columns);
            });
            MaxPool2D.Run<sbyte>(input, whole, -120, 127, actual);
            maxima += Differences(actual, channel =>
            {
                int greatest = sbyte.MinValue;
                for (int at = channel; at < input.Length; at += channels)
                {
                    greatest = Math.Max(greatest, input[at]);
                }

                return greatest;
            });

            sbyte[] table = Codes(256);
            var answers = new sbyte[input.Length];
            LookupTable.Int8(input, table, answers);
            tables += Differences(answers, i => table[input[i] + 128], sbyte.MinValue);
        }

        Report("average pools", means);
        Report("max pools", maxima);
        Report("tables", tables);
    }

    private sbyte[] Codes(int length)
    {
        var codes = new sbyte[length];
        int bias = _random.Next(-300, 300); // all at an end, too
        foreach (ref sbyte code in codes.AsSpan())
        {
            code = (sbyte)Math.Clamp(_random.Next(-128, 128) + bias, -128, 127);
        }

        return codes;
    }

    private static int Differences(ReadOnlySpan<sbyte> actual, Func<int, int> expected, int min = -120)
    {
        int differences = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            differences += actual[i] == Math.Clamp(expected(i), min, 127) ? 0 : 1;
        }

        return differences;
    }
}
