namespace TinyQuant.Bench;

/// <summary>Runs a model over the raw bytes of its input and output.</summary>
internal delegate void RunModel(ReadOnlySpan<byte> input, Span<byte> output);

/// <summary>A model that is compiled into this program.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Kind">int8 with a rounding, or fp32.</param>
/// <param name="Inputs">The file with its inputs.</param>
/// <param name="InputBytes">Bytes of an input.</param>
/// <param name="OutputBytes">Bytes of an output.</param>
/// <param name="Run">Runs it.</param>
internal sealed record BenchModel(
    string Name, string Kind, string Inputs, int InputBytes, int OutputBytes, RunModel Run)
{
    /// <summary>One inference on the next of the inputs in that directory.</summary>
    public Func<int> Work(string directory) => Work(BenchInputs.Read(Path.Combine(directory, Inputs), InputBytes));

    /// <summary>One inference on the next input.</summary>
    public Func<int> Work(BenchInputs inputs)
    {
        byte[] output = new byte[OutputBytes];
        return () =>
        {
            Run(inputs.Next(), output);
            return output[0];
        };
    }
}
