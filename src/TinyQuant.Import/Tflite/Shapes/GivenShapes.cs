using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Tflite.Shapes;

/// <summary>
/// Dimensions that a file leaves open, beyond the first, which is a batch of 1: they are taken from the options, and
/// shapes behind them follow, operator by operator. What is not said is an error, since a size of 1, as the file has it
/// in their place, is a guess.
/// </summary>
internal sealed class GivenShapes
{
    private const int Open = -1;

    private readonly SourceModel _model;
    private readonly ErrorCollection _errors;
    private readonly ImmutableArray<SourceTensor>.Builder _tensors;
    private readonly HashSet<int> _changed = [];

    private GivenShapes(SourceModel model, ErrorCollection errors)
    {
        _model = model;
        _errors = errors;
        _tensors = model.Tensors.ToBuilder();
    }

    /// <summary>The model with shapes that are known; null where something is open or wrong, which is told.</summary>
    public static SourceModel? Resolve(
        SourceModel model, ImmutableArray<InputShape> shapes, Budget budget, ErrorCollection errors)
    {
        var given = new GivenShapes(model, errors);
        given.Take(shapes);
        return errors.IsEmpty && given._changed.Count > 0 ? given.Follow(budget) : errors.IsEmpty ? model : null;
    }

    private void Take(ImmutableArray<InputShape> shapes)
    {
        foreach (InputShape shape in shapes.Where(s => !_model.Inputs.Any(i => _tensors[i].Name == s.Name)))
        {
            _errors.Add($"it has no input '{shape.Name}', whose shape is given; expected "
                + string.Join(" or ", _model.Inputs.Select(i => $"'{_tensors[i].ShownName}'")));
        }

        foreach (int index in _model.Inputs.Distinct())
        {
            SourceTensor input = _tensors[index];
            if (shapes.LastOrDefault(s => s.Name == input.Name) is { } shape)
            {
                Take(input, shape);
            }
            else if (Enumerable.Range(1, Math.Max(0, input.Shape.Length - 1)).Any(d => IsOpen(input, d)))
            {
                string sizes = string.Join("x", input.Shape.Select((s, d) => IsOpen(input, d) && d > 0
                    ? "SIZE"
                    : Invariant($"{Math.Max(1, s)}")));
                _errors.Add($"its shape is open, [{string.Join(",", input.Signature.Select(s => Invariant($"{s}")))}]; "
                    + $"expected sizes, by --shape {input.ShownName}={sizes}, or Shape=\"{input.ShownName}={sizes}\" "
                    + "of a TinyQuantModel", tensor: input);
            }
        }
    }

    private void Take(SourceTensor input, InputShape shape)
    {
        bool fits = shape.Shape.Length == input.Shape.Length
            && shape.Shape.Select((s, d) => s == input.Shape[d] || IsOpen(input, d)).All(same => same);
        if (!fits)
        {
            _errors.Add($"its shape is given as {shape}; expected one of {input.Shape.Length} dimensions, of which "
                + "other sizes than the file's are open there", tensor: input);
        }
        else
        {
            Set(input.Index, shape.Shape);
        }
    }

    /// <summary>Where a file says that it does not know, and has nothing or 1 in its place.</summary>
    private static bool IsOpen(SourceTensor tensor, int dimension) =>
        dimension < tensor.Signature.Length && tensor.Signature[dimension] == Open && tensor.Shape[dimension] <= 1;

    private void Set(int tensor, ImmutableArray<int> shape)
    {
        if (!_tensors[tensor].Shape.SequenceEqual(shape))
        {
            _tensors[tensor] = _tensors[tensor] with { Shape = shape };
            _changed.Add(tensor);
        }
    }

    private SourceModel? Follow(Budget budget)
    {
        var integers = new IntegerValues(_model, budget);
        foreach (TfliteOperator op in _model.Operators.Cast<TfliteOperator>())
        {
            OperatorSource source = Source(op, integers);
            try
            {
                Follow(op, source);
            }
            catch (UnsupportedException e)
            {
                _errors.Add(e.Message, op, op.Outputs.IsEmpty ? null : _tensors[op.Outputs[0]]);
                return null; // all that follows would follow from it
            }

            // What shapes decide, such as that of a RESHAPE.
            IntegerFolding.TryFold(Source(op, integers), TfliteMapping.WithoutSubgraphs, integers);
        }

        return _model with { Tensors = _tensors.ToImmutable() };
    }

    /// <summary>What is known of an operator, with the shapes that were found so far.</summary>
    private OperatorSource Source(TfliteOperator op, IntegerValues integers) =>
        (OperatorSource)TfliteMapping.WithoutSubgraphs.ContextOf(
            op, _model with { Tensors = _tensors.ToImmutable() }, integers);

    private void Follow(TfliteOperator op, OperatorSource source)
    {
        // A shape that is an input may have other values than before, though it is of one size.
        bool isChanged = op.Inputs.Any(_changed.Contains);
        if (!isChanged && !op.Inputs.Any(i => i >= 0 && source.IsFolded(i)))
        {
            return;
        }

        ImmutableArray<int>[] shapes = ShapeRules.Of(source) ?? (isChanged
            ? throw new UnsupportedException(
                "the shape of its output follows from one that is given, for which there is no rule here; expected a "
                    + "model that is converted with that shape")
            : []);
        for (int i = 0; i < Math.Min(shapes.Length, op.Outputs.Length); i++)
        {
            Set(op.Outputs[i], shapes[i]);
        }
    }
}
