namespace TinyQuant.Tool.Output;

/// <summary>
/// The figures of the report that TinyQuant starts from: logistic regression on MNIST, trained and dynamically
/// quantized elsewhere, timed on another machine over the test set in batches of 64.
/// </summary>
internal static class OriginalReport
{
    public const double Fp32Accuracy = 0.9109;
    public const double QuantizedAccuracy = 0.9102;
    public const int Fp32Bytes = 31_400;
    public const int QuantizedBytes = 7_880;
    public const double Fp32Seconds = 1.37;
    public const double QuantizedSeconds = 1.67;
}
