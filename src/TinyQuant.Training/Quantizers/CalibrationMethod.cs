namespace TinyQuant.Training.Quantizers;

/// <summary>How the range of an activation is chosen from the values it was seen to hold.</summary>
public enum CalibrationMethod
{
    /// <summary>From the least to the greatest.</summary>
    MinMax,

    /// <summary>Without the outermost 0.005 % on either side.</summary>
    Percentile,

    /// <summary>The range whose codes have the least squared error.</summary>
    Mse,

    /// <summary>
    /// The range whose codes have the distribution nearest to that of the values, by Kullback-Leibler divergence.
    /// </summary>
    Entropy,
}

/// <summary>Names of <see cref="CalibrationMethod"/>.</summary>
public static class CalibrationMethods
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CalibrationMethod> All { get; } = Enum.GetValues<CalibrationMethod>();

    /// <summary>The name on the command line: minmax, percentile, mse or entropy.</summary>
    public static string Word(this CalibrationMethod method) => method switch
    {
        CalibrationMethod.Percentile => "percentile",
        CalibrationMethod.Mse => "mse",
        CalibrationMethod.Entropy => "entropy",
        _ => "minmax",
    };
}
