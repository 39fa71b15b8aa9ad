using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>How a <see cref="SignalFilterBankSpectralSubtraction"/> estimates noise.</summary>
/// <param name="smoothing">The part of what comes in an estimate of channels 0, 2, 4 and so on.</param>
/// <param name="oneMinusSmoothing">The part of the estimate before.</param>
/// <param name="alternateSmoothing">The part of what comes in the other channels.</param>
/// <param name="alternateOneMinusSmoothing">The part of the estimate before in them.</param>
/// <param name="minSignalRemaining">The part of a channel that remains at least.</param>
/// <param name="smoothingBits">Bits behind the point of an estimate; 0 to 31.</param>
/// <param name="subtractionBits">Bits behind the point of the parts; 0 to 63.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SpectralSubtractionOptions(
    int smoothing, int oneMinusSmoothing, int alternateSmoothing, int alternateOneMinusSmoothing,
    int minSignalRemaining, int smoothingBits, int subtractionBits)
{
    private readonly uint _evenNew = (uint)smoothing;
    private readonly uint _evenOld = (uint)oneMinusSmoothing;
    private readonly uint _oddNew = (uint)alternateSmoothing;
    private readonly uint _oddOld = (uint)alternateOneMinusSmoothing;
    private readonly uint _remaining = (uint)minSignalRemaining;
    private readonly int _bits = subtractionBits;

    /// <summary>Bits behind the point of an estimate.</summary>
    internal int SmoothingBits { get; } = smoothingBits;

    /// <summary>The next estimate of a channel.</summary>
    internal uint Next(int channel, uint scaled, uint estimate)
    {
        (uint fresh, uint old) = channel % 2 == 0 ? (_evenNew, _evenOld) : (_oddNew, _oddOld);
        return unchecked((uint)((((ulong)scaled * fresh) + ((ulong)estimate * old)) >> _bits));
    }

    /// <summary>What remains of a channel at least.</summary>
    internal uint Least(uint channel) => unchecked((uint)(((ulong)channel * _remaining) >> _bits));
}
