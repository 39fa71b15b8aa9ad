using TinyQuant;

namespace CLibrary;

/// <summary>
/// Digits of 28 x 28 pixels. Only its static core is used, over memory of the caller: there is no instance.
/// </summary>
[QuantizedModel("mnist-cnn.int8.tqm", MaxArenaBytes = 16_384)]
internal partial struct Mnist;
