namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// Sigmoid and tanh of int16 codes, from the real function's values at 256 points and straight lines between them.
/// </summary>
internal static class PlainSigmoid
{
    private const int PointsOfOne = 24;
    private const int LastPoint = 255;

    /// <summary>The least integer of sigmoid · 32768 + 1/2 for a code in steps of 1/4096.</summary>
    public static int Sigmoid(int code)
    {
        double value = OnLines(Math.Abs(code) * (double)PointsOfOne / 4096);
        return (int)Math.Floor(code >= 0 ? (value * 32768) + 0.5 : ((1 - value) * 32768) + 0.5 - (1.0 / 1024));
    }

    /// <summary>The same of tanh for a code in steps of 2^power, through tanh(x) = 2 sigmoid(2x) - 1.</summary>
    public static int Tanh(int code, int power)
    {
        // To steps of 1/256 of a point's distance, rounded where they are finer.
        double steps = Math.Floor((3 * code * Math.Pow(2, power + 12)) + (power < -12 ? 0.5 : 0));
        double value = Math.Abs(steps) / 256 >= LastPoint ? 65535.0 / 65536 : OnLines(Math.Abs(steps) / 256);
        double tanh = ((2 * value) - 1) * 32768;
        return (int)Math.Floor(steps >= 0 ? tanh + 0.5 : -tanh + 0.5 - (1.0 / 256));
    }

    private static double OnLines(double point)
    {
        int index = (int)point;
        return Point(index) + ((point - index) * (Point(index + 1) - Point(index)));
    }

    /// <summary>In 65536ths: between the curve and where the lines would meet it on average.</summary>
    private static double Point(int index)
    {
        double middle = (Real(index) + Real(index + 1)) / 2;
        double raised = Real(index) + ((Real(index + 0.5) - middle) / 2);
        return index == LastPoint ? 65535.0 / 65536 : Math.Round(raised * 65536) / 65536;
    }

    private static double Real(double index) => 1 / (1 + Math.Exp(-index / PointsOfOne));
}
