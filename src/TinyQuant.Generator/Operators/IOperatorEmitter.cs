using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Lowers one kind of operator to constants and a call. To add an operator is to add one of these.</summary>
internal interface IOperatorEmitter
{
    /// <summary>Bakes what the operator needs and returns the call that computes it.</summary>
    /// <exception cref="UnsupportedModelException">It needs what the kernels do not have.</exception>
    KernelCall Lower(Operator op, int index, LoweringContext context);
}

/// <summary>
/// Lowers an operator whose int32 accumulators can stand for its output, so that <c>Classify</c> need not requantize.
/// </summary>
internal interface IAccumulatorEmitter : IOperatorEmitter
{
    /// <summary>
    /// Whether the int32 accumulators of the output stand in the order of its scores: one scale for all.
    /// </summary>
    bool AccumulatorsOrderScores(Operator op);

    /// <summary>
    /// The call that leaves the int32 accumulators in a buffer. Bakes nothing: it follows
    /// <see cref="IOperatorEmitter.Lower"/>.
    /// </summary>
    KernelCall LowerToAccumulators(KernelCall call, ArenaBuffer accumulators);

    /// <summary>
    /// An accumulator call that reads pixels, codes + 128, in place of its input's codes, with a bias for them.
    /// </summary>
    KernelCall OfPixels(KernelCall accumulate, string pixels, LoweringContext context);
}
