namespace TinyQuant.Bench.Prepare;

/// <summary>A model of the benchmark, quantized and in reals.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Int8">The folder of the int8 model below <c>models/</c>; a file for one of <c>weights/</c>.</param>
/// <param name="Float32">The same of the float32 model; null where there is none.</param>
internal sealed record ModelPair(string Name, string Int8, string? Float32)
{
    public static IReadOnlyList<ModelPair> All { get; } =
    [
        new("linear", "mnist-linear.int8.tqm", "mnist-linear.fp32.tqm"),
        new("kws", "kws_ref_model", "kws_float"),
        new("ad01", "ad01_int8", "ad01_fp32"),
        new("resnet8", "resnet8_int8", "resnet8_float32"),
        new("vww", "vww_96_int8", "vww_96_float"),
        new("micro_speech", "micro_speech_int8", null),
    ];
}
