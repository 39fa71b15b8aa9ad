/// <summary>
/// A model behind virtual calls, so that what only compares models is compiled once and not once for each.
/// </summary>
internal abstract class Classifier(string name, string unit, int bytes)
{
    public string Name => name;
    public string Unit => unit;
    public int Bytes => bytes;

    public static Classifier[] All() =>
    [
#if FP32
        new Classifier<Fp32Model>(),
#endif
#if DYNAMIC
        new Classifier<DynamicModel>(),
#endif
#if INT8
        new Classifier<Int8Model>(),
#endif
    ];

    public abstract int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals);

    /// <summary>How many of some pictures it classifies as their labels say; within it, all calls are direct.</summary>
    public abstract int CountCorrect(byte[] pixels, float[] reals, ReadOnlySpan<byte> labels);
}

internal sealed class Classifier<TModel>()
    : Classifier(TModel.Name, TModel.Unit, TModel.Bytes) where TModel : struct, IDigitModel
{
    private TModel _model = new();

    public override int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) =>
        _model.Classify(pixels, reals);

    public override int CountCorrect(byte[] pixels, float[] reals, ReadOnlySpan<byte> labels)
    {
        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            int digit = _model.Classify(
                pixels.AsSpan(i * Digits.Pixels, Digits.Pixels), reals.AsSpan(i * Digits.Pixels, Digits.Pixels));
            correct += digit == labels[i] ? 1 : 0;
        }

        return correct;
    }
}
