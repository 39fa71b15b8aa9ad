using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// What the operators share that cut a signal into frames, or make one of them: rows of frames that overlap, each a
/// step behind the one before it.
/// </summary>
public abstract class SignalFrames : SignalOperator
{
    private protected SignalFrames(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, int line)
        : base(inputs, outputs, line)
    {
    }

    /// <summary>The tensor of frames, [..,frames,size].</summary>
    public abstract Tensor FrameTensor { get; }

    /// <summary>The tensor of samples, [..,frames · step].</summary>
    public abstract Tensor Samples { get; }

    /// <summary>Samples that frames overlap by: [..,size], a variable tensor.</summary>
    public Tensor State => Inputs[1];

    /// <summary>Channels, each with a signal of its own.</summary>
    public int Rows => Slices(FrameTensor, 2);

    /// <summary>Frames of a row in a run.</summary>
    public int Frames => FromEnd(FrameTensor, 2);

    /// <summary>From which frame to the next there are so many samples; it follows from the shapes.</summary>
    public int Step => FromEnd(Samples) / Frames;

    /// <summary>Ranks that the shapes can be read from.</summary>
    private protected IEnumerable<string> RankErrors() => RankFrom(FrameTensor, 2).Concat(RankFrom(Samples, 1));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        int size = FromEnd(FrameTensor);
        if (FromEnd(Samples) % Frames != 0 || Step > size)
        {
            return [Invariant($"'{Samples.Name}' {Samples.ShapeText} has not the samples of {Frames} frames of {size} ")
                + Invariant($"in '{FrameTensor.Name}'; expected {Frames} times a step of at most {size}")];
        }

        return Checks.Shape(Samples, Sizes(FrameTensor, 2, (long)Frames * Step))
            .Concat(Checks.Shape(State, Sizes(FrameTensor, 2, size)));
    }
}
