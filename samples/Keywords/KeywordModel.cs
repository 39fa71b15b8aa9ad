using TinyQuant;

namespace Keywords;

/// <summary>MLPerf Tiny's keyword model, int8: 49 frames of 10 coefficients to the scores of 12 classes.</summary>
[QuantizedModel("kws_ref_model.tqm", MaxWeightBytes = 32_768, MaxArenaBytes = 16_384)]
internal sealed partial class KeywordModel
{
    /// <summary>The classes that are words; silence and unknown, the last two, are none.</summary>
    public const int Words = LabelCount - 2;
}
