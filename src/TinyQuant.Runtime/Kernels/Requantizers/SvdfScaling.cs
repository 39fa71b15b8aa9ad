using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>
/// The constants that take an SVDF's int32 sums to codes: first those of the features, then those over time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SvdfScaling
{
    /// <summary>Creates the constants.</summary>
    /// <param name="stateMultiplier">Q0.31: input scale times the features' weight scale over the state's.</param>
    /// <param name="stateShift">Its power of two in [-31, 30]; negative shifts right.</param>
    /// <param name="stateZeroPoint">The state's zero point.</param>
    /// <param name="outputMultiplier">Q0.31: the state's scale times the weight scale of time over the
    /// output's.</param>
    /// <param name="outputShift">Its power of two in [-31, 30]; negative shifts right.</param>
    /// <param name="outputZeroPoint">The output's zero point.</param>
    public SvdfScaling(
        int stateMultiplier, int stateShift, int stateZeroPoint, int outputMultiplier, int outputShift,
        int outputZeroPoint)
    {
        (StateMultiplier, StateShift, StateZeroPoint) = (stateMultiplier, stateShift, stateZeroPoint);
        (OutputMultiplier, OutputShift, OutputZeroPoint) = (outputMultiplier, outputShift, outputZeroPoint);
    }

    internal int StateMultiplier { get; }

    internal int StateShift { get; }

    internal int StateZeroPoint { get; }

    internal int OutputMultiplier { get; }

    internal int OutputShift { get; }

    internal int OutputZeroPoint { get; }
}
