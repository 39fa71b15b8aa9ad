using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// The constants of an int8 or int16 LSTM. Its gates are int16: sums in steps of 1/4096, activated in steps of 1/32768.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LstmScaling
{
    private const int Products = (2 * LstmShape.GateCount) + 3;
    private const int MinCellPower = -30;
    private const int NoClip = 1 << 15;

    /// <summary>Creates the constants.</summary>
    /// <param name="multipliers">
    /// Eleven Q0.31 multipliers, the first eight of int16 Q0.15: of the sums over the input for the input, forget, cell
    /// and output gate; of those over the output state for the same; of forget gate times cell state; of input gate
    /// times cell gate; of the output.
    /// </param>
    /// <param name="shifts">Their powers of two in [-31, 30]; negative shifts right.</param>
    /// <param name="cellPower">In [-30, 0]: the cell state's scale is 2 to its power.</param>
    /// <param name="cellClip">The greatest magnitude of a cell state's code; 32,768 for none.</param>
    /// <param name="outputZeroPoint">The zero point of output and output state.</param>
    public LstmScaling(
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, int cellPower, int cellClip, int outputZeroPoint)
    {
        Multipliers = multipliers;
        Shifts = shifts;
        (CellPower, CellClip, OutputZeroPoint) = (cellPower, cellClip, outputZeroPoint);
    }

    internal ReadOnlySpan<int> Multipliers { get; }

    internal ReadOnlySpan<int> Shifts { get; }

    internal int CellPower { get; }

    internal int CellClip { get; }

    internal int OutputZeroPoint { get; }

    internal void Check()
    {
        SpanChecks.Equal(Multipliers.Length, Products, "multipliers", "LSTM");
        SpanChecks.Equal(Shifts.Length, Products, "shifts", "LSTM");
        if (CellPower is < MinCellPower or > 0 || CellClip is < 0 or > NoClip)
        {
            throw new ArgumentException("The cell state's scale or clip is out of range.");
        }
    }

    /// <summary>The sum over the input of a gate, in steps of 1/4096.</summary>
    internal int InputSum<TRounding>(int gate, int sum)
        where TRounding : struct, IFixedPointRounding => Multiply<TRounding>(gate, sum);

    /// <summary>The sum over the output state of a gate, in steps of 1/4096.</summary>
    internal int RecurrentSum<TRounding>(int gate, int sum)
        where TRounding : struct, IFixedPointRounding => Multiply<TRounding>(LstmShape.GateCount + gate, sum);

    /// <summary>The sum over input or output state of one of the eight products of gates, in steps of 1/4096.</summary>
    internal short WideSum(int product, long sum) =>
        Saturate(Sums64.Scale(sum, Multipliers[product], Shifts[product]));

    /// <summary>What is kept of the cell state.</summary>
    internal int Kept<TRounding>(short forgetGate, short cellState)
        where TRounding : struct, IFixedPointRounding => Multiply<TRounding>(Products - 3, forgetGate * cellState);

    /// <summary>What is added to the cell state.</summary>
    internal int Added<TRounding>(short inputGate, short cellGate)
        where TRounding : struct, IFixedPointRounding => Multiply<TRounding>(Products - 2, inputGate * cellGate);

    /// <summary>The output's code, before it is clamped to its type.</summary>
    internal long Output<TRounding>(short tanh, short outputGate)
        where TRounding : struct, IFixedPointRounding
    {
        int scaled = TRounding.Multiply(tanh * outputGate, Multipliers[Products - 1], Shifts[Products - 1]);
        return (long)scaled + OutputZeroPoint;
    }

    private int Multiply<TRounding>(int index, int value)
        where TRounding : struct, IFixedPointRounding =>
        Saturate(TRounding.Multiply(value, Multipliers[index], Shifts[index]));

    internal static short Saturate(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}
