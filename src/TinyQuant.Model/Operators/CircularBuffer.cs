using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's CIRCULAR_BUFFER: the last rows of what the runs brought. Where <c>Cycles</c> is more than 1, only one of so
/// many runs goes on behind it; the others end there, and have no outputs.
/// </summary>
public sealed class CircularBuffer : Operator
{
    private static readonly OperatorAttribute<int> s_cycles = AttributesOf<CircularBuffer>.Integer(
        "cycles_max", o => o.Cycles, 1, int.MaxValue);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        3, 1, p => new CircularBuffer(p.Input, p.Inputs[1], p.Inputs[2], p.Output, p.Get(s_cycles), p.Line), s_cycles);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">int8 [1,1,width,depth].</param>
    /// <param name="state">The output's shape, scale and zero point: a variable tensor.</param>
    /// <param name="runs">int32 [1], a variable tensor: how many runs have ended since one went on.</param>
    /// <param name="output">[1,rows,width,depth], of the input's scale and zero point.</param>
    /// <param name="cycles">Of how many runs one goes on; 1 or more.</param>
    /// <param name="line">The line of the model file.</param>
    public CircularBuffer(Tensor input, Tensor state, Tensor runs, Tensor output, int cycles, int line = -1)
        : base(ImmutableArray.Create(input, state, runs), ImmutableArray.Create(output), line) => Cycles = cycles;

    /// <summary>Of how many runs one goes on.</summary>
    public int Cycles { get; }

    /// <summary>The new row.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The rows that are kept, the oldest first.</summary>
    public Tensor State => Inputs[1];

    /// <summary>How many runs have ended since one went on.</summary>
    public Tensor Runs => Inputs[2];

    /// <summary>The rows, the new one last.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(1, 2);

    /// <inheritdoc/>
    public override bool EndsRuns => Cycles > 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors =
        [
            .. Checks.SameType([TensorType.Int8], Input, State, Output), .. Checks.SameType([TensorType.Int32], Runs),
            .. Checks.SameQuantization(Input, State, Output), .. Checks.Rank(Input, 4), .. Checks.Rank(Output, 4),
        ];
        return errors.Count > 0
            ? errors
            : Checks.Shape(Input, 1, 1, Output.Shape[2], Output.Shape[3])
                .Concat(Checks.Shape(Output, 1, Output.Shape[1], Output.Shape[2], Output.Shape[3]))
                .Concat(Checks.Shape(State, [.. Output.Shape.Select(d => (long)d)]))
                .Concat(Checks.Shape(Runs, 1));
    }
}
