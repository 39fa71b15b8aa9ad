namespace TinyQuant.Model;

/// <summary>What an estimate of noise is made of, in units of 1 shifted by the bits of a subtraction.</summary>
/// <param name="New">The part of what comes.</param>
/// <param name="Old">The part of the estimate before; as a rule 1 less the part of what comes.</param>
public sealed record SpectralSmoothing(int New, int Old);

/// <summary>How a <see cref="SignalFilterBankSpectralSubtraction"/> estimates noise, and what it leaves.</summary>
/// <param name="Even">Of channels 0, 2, 4 and so on.</param>
/// <param name="Odd">Of channels 1, 3, 5 and so on.</param>
/// <param name="MinSignalRemaining">The part of the signal that remains at least.</param>
/// <param name="SmoothingBits">Bits behind the point of an estimate; 0 to 31.</param>
/// <param name="SubtractionBits">Bits behind the point of all parts; 0 to 63.</param>
/// <param name="Clamping">Whether an estimate is never kept larger than the signal.</param>
public sealed record SpectralSubtraction(
    SpectralSmoothing Even, SpectralSmoothing Odd, int MinSignalRemaining, int SmoothingBits, int SubtractionBits,
    bool Clamping);
