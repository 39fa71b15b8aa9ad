using TinyQuant;
using TinyQuant.Golden;

// The models. Each attribute bakes a file into the type under it.

/// <summary>What the commands need of a model. Static abstract, so that the calls are direct.</summary>
internal interface IDigitModel
{
    static abstract string Name { get; }

    static abstract int Bytes { get; }

    static abstract string Unit { get; }

    /// <summary>The digit; each form takes the input that is natural to it, pixels or reals in [0, 1].</summary>
    int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals);
}

#if FP32
[QuantizedModel(GoldenAnswers.ModelName + ".fp32.tqm", MaxWeightBytes = 32_768, MaxArenaBytes = 256)]
internal partial struct Fp32Model : IDigitModel
{
    public static string Name => "fp32";
    public static int Bytes => WeightBytes;
    public static string Unit => DotUnits.Float32;
    public int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) => Classify(reals);
}
#endif

#if DYNAMIC
[QuantizedModel(GoldenAnswers.ModelName + ".dynamic.tqm", MaxWeightBytes = 8_192, MaxArenaBytes = 1_024)]
internal partial struct DynamicModel : IDigitModel
{
    public static string Name => "dynamic";
    public static int Bytes => WeightBytes;
    public static string Unit => DotUnits.Int8;
    public int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) => Classify(reals);
}
#endif

#if INT8
[QuantizedModel(GoldenAnswers.ModelName + ".int8.tqm", MaxWeightBytes = 8_192, MaxArenaBytes = 1_024)]
internal partial struct Int8Model : IDigitModel
{
    public static string Name => "int8";
    public static int Bytes => WeightBytes;
    public static string Unit => DotUnits.Int8;
    public int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) => Classify(pixels);
}
#endif
