using TinyQuant;

namespace Gateway.Scoring;

/// <summary>
/// The autoencoder of the recipe <c>sensor-autoencoder</c>: spectra of a healthy machine in, the same out.
/// </summary>
[QuantizedModel("sensor-autoencoder.int8.tqm", MaxWeightBytes = 16_384, MaxArenaBytes = 256)]
internal partial struct SensorModel;
