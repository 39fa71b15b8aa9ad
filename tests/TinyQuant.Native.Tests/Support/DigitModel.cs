namespace TinyQuant.Native.Tests.Support;

/// <summary>The model of <c>samples/CLibrary</c>, as the JIT runs it.</summary>
[QuantizedModel("mnist-cnn.int8.tqm")]
internal partial struct DigitModel;
