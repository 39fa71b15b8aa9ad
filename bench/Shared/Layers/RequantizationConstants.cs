using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>
/// Constants for each output channel that spread random sums over the codes, as those of a trained layer do.
/// </summary>
internal sealed class RequantizationConstants
{
    private const int ZeroPoint = -128; // ReLU's
    private const double CodeDeviation = 73.5; // of codes of which all are as likely
    private const double OutputDeviation = 60;

    private readonly float[] _scales;
    private readonly int[] _multipliers;
    private readonly int[] _shifts;

    public RequantizationConstants(int outputs, int depth)
    {
        var random = new Random(1);
        double sumDeviation = CodeDeviation * CodeDeviation * Math.Sqrt(depth);
        _scales = new float[outputs];
        _multipliers = new int[outputs];
        _shifts = new int[outputs];
        for (int o = 0; o < outputs; o++)
        {
            double scale = OutputDeviation / sumDeviation * (0.5 + random.NextDouble());
            int exponent = Math.ILogB(scale) + 1;
            _scales[o] = (float)scale;
            _multipliers[o] = (int)Math.Min(Math.Round(Math.ScaleB(scale, 31 - exponent)), int.MaxValue);
            _shifts[o] = exponent;
        }
    }

    public Requantization For(Arithmetic arithmetic) => arithmetic == Arithmetic.Int8FloatEven
        ? new(_scales, ZeroPoint, sbyte.MinValue, sbyte.MaxValue)
        : new(_multipliers, _shifts, ZeroPoint, sbyte.MinValue, sbyte.MaxValue);
}
