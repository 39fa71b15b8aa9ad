using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's UNIDIRECTIONAL_SEQUENCE_LSTM with four gates and tanh, without peepholes, projection and layer
/// normalisation. Inputs, the gates always in the order input, forget, cell, output: activations [batches, steps,
/// depth] (or [steps, batches, depth]), four weights [units, depth], four recurrent weights [units, units], four biases
/// [units], and two variable tensors [batches, units], the output state and the cell state. All float32; int8 with
/// int32 biases; or int16 with int8 weights and int64 biases. Integers have an int16 cell state, whose scale is a power
/// of two.
/// </summary>
public sealed class UnidirectionalSequenceLstm : Operator
{
    /// <summary>The steps of a gate's sums in int8: 2 to this power.</summary>
    internal const int GatePower = -12;

    private const int GateCount = 4;
    private const int InputCount = 15;
    private const int OutputStateIndex = 13;
    private const int CellStateIndex = 14;
    private const int MinCellPower = -30;

    private static readonly OperatorAttribute<bool> s_timeMajor = AttributesOf<UnidirectionalSequenceLstm>.Flag(
        "time_major", o => o.IsTimeMajor);

    private static readonly OperatorAttribute<float> s_cellClip = AttributesOf<UnidirectionalSequenceLstm>.Float(
        "cell_clip", o => o.CellClip, missing: 0);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        InputCount, 1,
        p => new UnidirectionalSequenceLstm(p.Inputs, p.Output, p.Get(s_timeMajor), p.Get(s_cellClip), p.Line),
        s_timeMajor, s_cellClip);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">The fifteen tensors of the summary, in its order.</param>
    /// <param name="output">[batches, steps, units], or [steps, batches, units].</param>
    /// <param name="isTimeMajor">Whether steps come before batches.</param>
    /// <param name="cellClip">The greatest magnitude of the cell state; 0 for any.</param>
    /// <param name="line">The line of the model file.</param>
    public UnidirectionalSequenceLstm(
        ImmutableArray<Tensor> inputs, Tensor output, bool isTimeMajor, float cellClip, int line = -1)
        : base(inputs, ImmutableArray.Create(output), line)
    {
        IsTimeMajor = isTimeMajor;
        CellClip = cellClip;
    }

    /// <summary>Whether steps come before batches.</summary>
    public bool IsTimeMajor { get; }

    /// <summary>The greatest magnitude of the cell state; 0 for any.</summary>
    public float CellClip { get; }

    /// <summary>The activations.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The weights of the input in each gate, [units, depth].</summary>
    public IReadOnlyList<Tensor> InputWeights => Gates(1);

    /// <summary>The weights of the output state in each gate, [units, units].</summary>
    public IReadOnlyList<Tensor> RecurrentWeights => Gates(5);

    /// <summary>The biases of the gates, [units].</summary>
    public IReadOnlyList<Tensor> Biases => Gates(9);

    /// <summary>The output of the step before, [batches, units].</summary>
    public Tensor OutputState => Inputs[OutputStateIndex];

    /// <summary>The cell state, [batches, units].</summary>
    public Tensor CellState => Inputs[CellStateIndex];

    /// <summary>The output of each step.</summary>
    public Tensor Output => Outputs[0];

    /// <summary>Elements of one step's output.</summary>
    public int Units => Output.Shape[2];

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(OutputStateIndex, CellStateIndex);

    /// <inheritdoc/>
    public override long Macs =>
        (long)Input.Shape[0] * Input.Shape[1] * GateCount * Units * ((long)Input.Shape[2] + Units);

    /// <summary>In int8, the power of two nearest to the cell state's scale.</summary>
    internal int CellPower => (int)Math.Round(CellPowerExactly);

    private double CellPowerExactly => Math.Log(CellState.Quantization!.Scale) / Math.Log(2);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors = [.. TypeErrors(), .. ShapeErrors()];
        if (!(CellClip >= 0))
        {
            errors.Add(
                $"cell_clip is {CellClip.ToString(System.Globalization.CultureInfo.InvariantCulture)}; expected 0 "
                    + "or more");
        }

        return errors.Count > 0 || Input.Type == TensorType.Float32 ? errors : QuantizationErrors();
    }

    private IEnumerable<Tensor> Constants => InputWeights.Concat(RecurrentWeights).Concat(Biases);

    private ImmutableArray<Tensor> Gates(int first) => ImmutableArray.Create(Inputs, first, GateCount);

    private IEnumerable<string> TypeErrors()
    {
        (TensorType weights, TensorType biases, TensorType cells) = Input.Type switch
        {
            TensorType.Float32 => (TensorType.Float32, TensorType.Float32, TensorType.Float32),
            TensorType.Int16 => (TensorType.Int8, TensorType.Int64, TensorType.Int16),
            _ => (TensorType.Int8, TensorType.Int32, TensorType.Int16),
        };
        return
        [
            .. Checks.SameType(
                [TensorType.Float32, TensorType.Int8, TensorType.Int16], [Input, OutputState, Output]),
            .. InputWeights.Concat(RecurrentWeights).SelectMany(w => RecurrentChecks.Type(w, weights)),
            .. Biases.SelectMany(b => RecurrentChecks.Type(b, biases)),
            .. RecurrentChecks.Type(CellState, cells),
            .. Constants.SelectMany(RecurrentChecks.Constant),
        ];
    }

    private IEnumerable<string> ShapeErrors()
    {
        List<string> errors = [.. Checks.Rank(Input, 3), .. Checks.Rank(Output, 3)];
        if (errors.Count > 0)
        {
            return errors;
        }

        (int batches, int steps) = IsTimeMajor ? (Input.Shape[1], Input.Shape[0]) : (Input.Shape[0], Input.Shape[1]);
        return
        [
            .. Checks.Shape(Output, Input.Shape[0], Input.Shape[1], Units),
            .. InputWeights.SelectMany(w => Checks.Shape(w, Units, Input.Shape[2])),
            .. RecurrentWeights.SelectMany(w => Checks.Shape(w, Units, Units)),
            .. Biases.SelectMany(b => Checks.Shape(b, Units)),
            .. Checks.Shape(OutputState, batches, Units),
            .. Checks.Shape(CellState, batches, Units),
        ];
    }

    private IEnumerable<string> QuantizationErrors()
    {
        List<string> errors =
        [
            .. Checks.Quantized(Input, OutputState, Output), .. RecurrentChecks.Symmetric(CellState),
            .. InputWeights.Concat(RecurrentWeights).SelectMany(RecurrentChecks.Symmetric),
        ];
        return errors.Count > 0 ? errors
            : Checks.SameQuantization(OutputState, Output)
                .Concat(CellErrors())
                .Concat(InputWeights.SelectMany(w => GateErrors(Input, w)))
                .Concat(RecurrentWeights.SelectMany(w => GateErrors(OutputState, w)))
                .Concat(RecurrentChecks.Factor(Math.Pow(2, -30) / Output.Quantization!.Scale, Output));
    }

    /// <summary>As near to a power of two as TensorFlow Lite's <c>CheckedLog2</c> asks.</summary>
    private IEnumerable<string> CellErrors()
    {
        if (!(Math.Abs(CellPowerExactly - CellPower) < 1e-3) || CellPower is < MinCellPower or > 0)
        {
            yield return Invariant($"the scale of the cell state '{CellState.Name}' is no power of two from ")
                + Invariant($"2^{MinCellPower} to 1");
        }
    }

    private static IEnumerable<string> GateErrors(Tensor x, Tensor weights) => RecurrentChecks.Factor(
        Checks.Product(x.Quantization!.Scale, weights.Quantization!.Scale) / Math.Pow(2, GatePower), weights,
        has64BitSums: x.Type == TensorType.Int16);
}
