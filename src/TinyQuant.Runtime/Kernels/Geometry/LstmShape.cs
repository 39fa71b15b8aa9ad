using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Geometry;

/// <summary>The sizes of an LSTM, read from the lengths of its spans.</summary>
internal readonly struct LstmShape
{
    public const int GateCount = 4;

    private readonly bool _isTimeMajor;

    /// <summary>Checks that everything but the weights fits.</summary>
    public LstmShape(
        int input, int bias, int recurrentBias, bool isTimeMajor, int gates, int outputState, int cellState, int output)
    {
        _isTimeMajor = isTimeMajor;
        Units = bias / GateCount;
        if (Units == 0 || bias != Units * GateCount)
        {
            SpanChecks.Throw(bias, (Units + 1L) * GateCount, "bias", "four gates");
        }

        SpanChecks.Equal(recurrentBias, bias, "recurrent bias", "bias");
        SpanChecks.AtLeast(gates, bias, "room for gates", "bias");
        Batches = cellState / Units;
        if (Batches == 0 || cellState != Batches * Units)
        {
            SpanChecks.Throw(cellState, (Batches + 1L) * Units, "cell state", "bias");
        }

        SpanChecks.Equal(outputState, cellState, "output state", "cell state");
        Steps = output / cellState;
        if (Steps == 0 || output != Steps * cellState)
        {
            SpanChecks.Throw(output, (Steps + 1L) * cellState, "output", "cell state");
        }

        int rows = Batches * Steps;
        Depth = input / rows;
        if (input != rows * Depth)
        {
            SpanChecks.Throw(input, (Depth + 1L) * rows, "input", "output");
        }
    }

    public int Batches { get; }

    public int Steps { get; }

    /// <summary>Inputs of one step.</summary>
    public int Depth { get; }

    public int Units { get; }

    /// <summary>Elements of all gates.</summary>
    public int Gates => Units * GateCount;

    /// <summary>Where a step stands among the rows of input and output.</summary>
    public int Row(int batch, int step) => _isTimeMajor ? (step * Batches) + batch : (batch * Steps) + step;
}
