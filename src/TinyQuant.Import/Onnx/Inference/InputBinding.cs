using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>
/// Types and shapes of inputs: sizes that the file says, or the options; an unknown first dimension is a batch, of 1.
/// Anything else that is open is an error, which lists all of it with the options that settle it.
/// </summary>
internal sealed class InputBinding
{
    private readonly Network _network;
    private readonly ImmutableArray<OnnxValueInfo> _inputs;
    private readonly ImportOptions _options;
    private readonly ErrorCollection _errors;
    private readonly List<string> _open = [];
    private readonly List<string> _settling = [];

    private InputBinding(
        Network network, ImmutableArray<OnnxValueInfo> inputs, ImportOptions options, ErrorCollection errors)
    {
        _network = network;
        _inputs = inputs;
        _options = options;
        _errors = errors;
    }

    /// <summary>Gives each input its type and shape, or its elements; one of a foreign type has no shape.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">What the file says of its inputs.</param>
    /// <param name="options">What it does not say.</param>
    /// <param name="errors">What is wrong.</param>
    /// <returns>False where there are errors.</returns>
    public static bool Bind(
        Network network, ImmutableArray<OnnxValueInfo> inputs, ImportOptions options, ErrorCollection errors)
    {
        new InputBinding(network, inputs, options, errors).Bind();
        return errors.IsEmpty;
    }

    private void Bind()
    {
        CheckNames();
        foreach (Value input in _network.Inputs.ToArray())
        {
            OnnxValueInfo info = _inputs.First(i => i.Name == input.Name);
            if (input.Readers.Count == 0 && !input.IsOutput
                && (info.Kind != OnnxValueKind.Tensor || info.Type == OnnxType.String))
            {
                _network.RemoveInput(input); // nothing of it is left
            }
            else
            {
                Bind(input, info);
            }
        }

        if (_open.Count > 0)
        {
            _errors.Add($"sizes of inputs are open: {string.Join(", ", _open)}; expected them by "
                + $"{string.Join(" ", _settling.Distinct(StringComparer.Ordinal))}");
        }
    }

    private void CheckNames()
    {
        List<string> names = [.. _network.Inputs.Select(i => i.Name)];
        IEnumerable<(string Name, string What)> given = _options.Shapes.Select(s => (s.Name, "shape"))
            .Concat(_options.Constants.Select(c => (c.Name, "value")));
        foreach ((string name, string what) in given.Where(g => !names.Contains(g.Name)))
        {
            _errors.Add($"it has no input '{Places.Shown(name)}', whose {what} is given; expected "
                + string.Join(" or ", names.Select(n => $"'{Places.Shown(n)}'")));
        }

        var symbols = _inputs.Where(i => !i.Dimensions.IsDefault).SelectMany(i => i.Dimensions)
            .Select(d => d.Symbol).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (string symbol in _options.Dimensions.Select(d => d.Symbol).Where(s => !symbols.Contains(s)))
        {
            _errors.Add($"it has no dimension '{Places.Shown(symbol)}', whose size is given; expected "
                + (symbols.Count == 0 ? "none" : string.Join(" or ", symbols.Order(StringComparer.Ordinal)
                    .Select(s => $"'{Places.Shown(s)}'"))));
        }
    }

    private void Bind(Value input, OnnxValueInfo info)
    {
        if (info.Kind != OnnxValueKind.Tensor)
        {
            Add(input, $"it is a {info.Kind.ToString().ToLowerInvariant()}; expected a tensor");
            return;
        }

        // What bfloat16 cuts off is too much for float32 to stand for it.
        if (info.Type == OnnxType.BFloat16)
        {
            Add(input, $"it is of {info.Type.Word()}; expected {ValueTypes.Expected}");
            return;
        }

        if (_options.Constants.LastOrDefault(c => c.Name == input.Name) is { } constant)
        {
            BindConstant(input, info, constant);
            return;
        }

        if (info.Type == OnnxType.Float16)
        {
            _network.Notes.Add($"input '{input.Name}' is of {info.Type.Word()} in the file and float32 here");
        }

        input.Type = info.Type == OnnxType.Float16 ? OnnxType.Float32 : info.Type;
        if (ValueTypes.IsForeign(input.Type))
        {
            return; // what needs it is left out, or refused
        }

        if (!ValueTypes.IsSupported(input.Type))
        {
            Add(input, $"it is of {info.Type.Word()}; expected {ValueTypes.Expected}");
            return;
        }

        if (ShapeOf(input, info) is { } shape)
        {
            input.Shape = shape;
            if (Shapes.Count(shape) > int.MaxValue)
            {
                Add(input, "it is larger than what an array holds");
            }
        }
    }

    private ImmutableArray<int>? ShapeOf(Value input, OnnxValueInfo info)
    {
        if (_options.Shapes.LastOrDefault(s => s.Name == input.Name) is { } given)
        {
            bool fits = info.Dimensions.IsDefault || (info.Dimensions.Length == given.Shape.Length
                && info.Dimensions.Zip(given.Shape).All(p => p.First.Size is null || p.First.Size == p.Second));
            if (!fits)
            {
                Add(input, $"its shape is given as {given}; the file has {Text(info.Dimensions)}, of which other sizes "
                    + "are not open");
            }

            return fits ? given.Shape : null;
        }

        if (info.Dimensions.IsDefault)
        {
            Open(input, "SIZExSIZE...");
            return null;
        }

        ImmutableArray<int?> sizes = [.. info.Dimensions.Select(Size)];
        if (sizes.All(s => s is not null))
        {
            return [.. sizes.Select(s => s!.Value)];
        }

        string[] symbols = [.. info.Dimensions.Zip(sizes).Where(p => p.Second is null)
            .Select(p => p.First.Symbol).OfType<string>()];
        if (symbols.Length == sizes.Count(s => s is null))
        {
            _open.Add($"'{Places.Shown(input.Name)}' {Text(info.Dimensions)}");
            _settling.AddRange(symbols.Select(s => $"--dim {Places.Shown(s)}=SIZE"));
        }
        else
        {
            Open(input, string.Join("x", sizes.Select(s => s is null ? "SIZE" : Invariant($"{s}"))),
                Text(info.Dimensions));
        }

        return null;
    }

    private void Open(Value input, string sizes, string shape = "of unknown rank")
    {
        _open.Add($"'{Places.Shown(input.Name)}' {shape}");
        _settling.Add($"--shape {Places.Shown(input.Name)}={sizes}");
    }

    private int? Size(OnnxDimension dimension, int place) =>
        dimension.Size ?? _options.Dimensions.LastOrDefault(d => d.Symbol == dimension.Symbol)?.Size
            ?? (place == 0 ? 1 : null);

    private void BindConstant(Value input, OnnxValueInfo info, InputConstant constant)
    {
        if (info.Type.Bits() == 0)
        {
            Add(input, $"its value is given, and it is of {info.Type.Word()}; expected a number");
            return;
        }

        ImmutableArray<int>? shape = constant.Shape ?? ConstantShape(input, info, constant.Values.Length);
        if (shape is null || (constant.Values.Length != 1 && Shapes.Count(shape.Value) != constant.Values.Length)
            || Shapes.Count(shape.Value) > Inferring.MostFolded)
        {
            Add(input, Invariant($"its value is given as {constant.Values.Length} numbers; the file has ")
                + $"{Text(info.Dimensions)}; expected as many, or one for all");
            return;
        }

        int count = (int)Shapes.Count(shape.Value);
        Constant bound = info.Type.IsReal()
            ? new Constant(shape.Value, [.. Repeated(constant.Values, count).Select(v => (float)v)])
            : new Constant(info.Type, shape.Value, [.. Repeated(constant.Values, count).Select(v => (long)v)]);
        if (info.Type.IsInteger() && Repeated(constant.Values, count).Any(
            v => v != Math.Floor(v) || v < info.Type.Range().Least || v > info.Type.Range().Most))
        {
            Add(input, $"its value is given as {Places.Shown(constant.ToString())}; expected {info.Type.Word()}");
        }

        _network.RemoveInput(input);
        input.Become(bound);
    }

    private static IEnumerable<double> Repeated(ImmutableArray<double> values, int count) =>
        values.Length == count ? values : Enumerable.Repeat(values[0], count);

    private ImmutableArray<int>? ConstantShape(Value input, OnnxValueInfo info, int count)
    {
        if (_options.Shapes.LastOrDefault(s => s.Name == input.Name) is { } given)
        {
            return given.Shape;
        }

        if (info.Dimensions.IsDefault)
        {
            return count == 1 ? [] : [count];
        }

        // One open dimension is as large as the numbers are many.
        ImmutableArray<int?> sizes = [.. info.Dimensions.Select(d =>
            d.Size ?? _options.Dimensions.LastOrDefault(o => o.Symbol == d.Symbol)?.Size)];
        long known = sizes.Aggregate(1L, (product, s) => Math.Min(int.MaxValue, product * (s ?? 1)));
        return sizes.Count(s => s is null) <= 1
            ? [.. sizes.Select(s => s ?? (int)Math.Max(1, count / Math.Max(1, known)))]
            : null;
    }

    private void Add(Value input, string message) => _errors.Add(new ImportError(message)
    {
        Tensor = Places.Shown(input.Name),
        Shape = input.Type == OnnxType.Undefined ? "" : input.TypeAndShape,
    });

    private static string Text(ImmutableArray<OnnxDimension> dimensions) => dimensions.IsDefault
        ? "no shape"
        : $"[{string.Join(",", dimensions.Select(d => d.Size is { } size ? Invariant($"{size}")
            : Places.Shown(d.Symbol ?? "?")))}]";
}
