using System.Runtime.InteropServices;
using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>What the three forms of a model answer, computed by their generated code.</summary>
public sealed class GoldenRunner : IDisposable
{
    private const byte SignBit = 0x80;
    private readonly CompiledModel _float;
    private readonly CompiledModel _dynamic;
    private readonly CompiledModel _static;

    /// <summary>Compiles the three models.</summary>
    /// <exception cref="ModelCompilationException">A model's code could not be generated or compiled.</exception>
    /// <param name="real">float32 throughout.</param>
    /// <param name="hybrid">int8 weights, float32 activations.</param>
    /// <param name="quantized">int8 throughout.</param>
    public GoldenRunner(Graph real, Graph hybrid, Graph quantized)
    {
        _float = CompiledModel.Compile(real);
        _dynamic = CompiledModel.Compile(hybrid);
        _static = CompiledModel.Compile(quantized);
    }

    /// <summary>The answers to pictures of pixels from 0 to 255.</summary>
    public GoldenModels Models => new()
    {
        Float = image => _float.Classify(Reals(image)),
        Dynamic = image => _dynamic.Classify(Reals(image)),
        Static = image => _static.Classify(image),
        Int8Scores = Scores,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _float.Dispose();
        _dynamic.Dispose();
        _static.Dispose();
    }

    private static float[] Reals(byte[] image)
    {
        float[] reals = new float[image.Length];
        LabelledImages.ToReals(image, reals);
        return reals;
    }

    private sbyte[] Scores(byte[] image)
    {
        byte[] codes = [.. image.Select(pixel => (byte)(pixel ^ SignBit))]; // code = pixel - 128
        byte[] scores = new byte[_static.Graph.Outputs[0].ByteLength];
        _static.Run([codes], [scores]);
        return MemoryMarshal.Cast<byte, sbyte>(scores).ToArray();
    }
}
