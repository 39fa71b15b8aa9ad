using TinyQuant.Training.Numerics;

namespace TinyQuant.Training.Layers;

/// <summary>A window over an image, each channel by itself; what lies outside of the image does not count.</summary>
public abstract class PoolLayer : UnaryLayer
{
    private protected PoolLayer(string name, FeatureShape input, Window window)
        : this(name, new PatchGeometry(input, window))
    {
    }

    private PoolLayer(string name, PatchGeometry geometry)
        : base(name, geometry.Input, new FeatureShape(geometry.Rows, geometry.Columns, geometry.Input.Channels)) =>
            Geometry = geometry;

    /// <summary>Size, stride and padding.</summary>
    public Window Window => Geometry.Window;

    private protected PatchGeometry Geometry { get; }

    private protected sealed override void Forward(Pass pass, float[] input, float[] output) =>
        BatchShards.Run(pass.Batch, (_, first, count) =>
    {
        for (int i = first; i < first + count; i++)
        {
            ForwardImage(input.AsSpan(i * InputLength, InputLength), output.AsSpan(i * OutputLength, OutputLength));
        }
    });

    private protected sealed override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        if (inputGradient is null)
        {
            return;
        }

        BatchShards.Run(pass.Batch, (_, first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                Span<float> gradient = inputGradient.AsSpan(i * InputLength, InputLength);
                gradient.Clear();
                BackwardImage(input.AsSpan(i * InputLength, InputLength), output.AsSpan(i * OutputLength, OutputLength),
                    outputGradient.AsSpan(i * OutputLength, OutputLength), gradient);
            }
        });
    }

    private protected abstract void ForwardImage(ReadOnlySpan<float> image, Span<float> output);

    /// <summary>Adds to the image's gradient, which is 0 before.</summary>
    private protected abstract void BackwardImage(
        ReadOnlySpan<float> image, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient,
        Span<float> gradient);
}
