namespace TinyQuant.Training.Quantizers;

/// <summary>How a trained graph is quantized.</summary>
public sealed record PostTrainingOptions
{
    /// <summary>How ranges of activations are chosen.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.MinMax;

    /// <summary>How weights are rounded, where they can be so.</summary>
    public WeightFormat Weights { get; init; } = WeightFormat.Int8;

    /// <summary>Whether biases make up for what rounding of the weights adds on average.</summary>
    public bool CorrectsBias { get; init; }

    /// <summary>Whether the weights of neighbouring layers are evened out first.</summary>
    public bool Equalizes { get; init; }
}
