using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Geometry;

/// <summary>The sizes of an SVDF, read from the lengths of its spans.</summary>
internal readonly struct SvdfShape
{
    /// <summary>Checks that everything but the weights of features fits.</summary>
    public SvdfShape(int input, int filters, int timeWeights, int units, int state, int output)
    {
        if (units == 0 || filters < 1 || output == 0)
        {
            throw new ArgumentException("An SVDF has at least one filter, unit and output.");
        }

        Filters = filters;
        Units = units;
        Batches = output / units;
        if (output != Batches * units)
        {
            SpanChecks.Throw(output, (Batches + 1L) * units, "output", "bias");
        }

        Rank = filters / units;
        SpanChecks.Equal(filters, Rank * units, "filters", "units");
        Depth = input / Batches;
        SpanChecks.Equal(input, Batches * Depth, "input", "output");
        Memory = timeWeights / filters;
        if (Memory == 0 || timeWeights != (long)Memory * filters)
        {
            SpanChecks.Throw(timeWeights, (Memory + 1L) * filters, "weights of time", "filters");
        }

        if (state != (long)Batches * timeWeights)
        {
            SpanChecks.Throw(state, (long)Batches * timeWeights, "state", "weights of time");
        }
    }

    public int Batches { get; }

    /// <summary>Inputs of a filter.</summary>
    public int Depth { get; }

    public int Filters { get; }

    public int Units { get; }

    /// <summary>Filters of a unit.</summary>
    public int Rank { get; }

    /// <summary>Runs that a filter looks back on, this one included.</summary>
    public int Memory { get; }

    /// <summary>Elements of state, and weights of time, of one unit: those of its filters, one after another.</summary>
    public int UnitLength => Rank * Memory;

    /// <summary>Elements of state of one batch.</summary>
    public int BatchLength => Filters * Memory;
}
