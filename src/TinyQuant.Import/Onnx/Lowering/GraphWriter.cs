using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>
/// Makes a graph of a network, operator by operator: knows where each value is, brings it into the order that a reader
/// asks for, once for each, and stores constants in any.
/// </summary>
/// <param name="fileLength">Bytes of the file, to which constants stand in proportion.</param>
internal sealed class GraphWriter(long fileLength)
{
    private readonly Dictionary<Value, Stored> _stored = [];
    private readonly Dictionary<(Value Value, AxisOrder Order), Tensor> _orders = [];
    private readonly Dictionary<(Tensor Tensor, string Shape), Tensor> _views = [];
    private readonly Dictionary<(Value Value, AxisOrder Order, string Shape), Tensor> _constants = [];
    private readonly ImmutableArray<Tensor>.Builder _tensors = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Operator>.Builder _operators = ImmutableArray.CreateBuilder<Operator>();
    private readonly TensorNames _names = new(new StateNames());
    private readonly ConstantBudget _budget = new(fileLength);

    public ImmutableArray<Tensor> Tensors => _tensors.ToImmutable();

    public ImmutableArray<Operator> Operators => _operators.ToImmutable();

    /// <summary>Where a value is that is computed or given; of a constant, as ONNX counts it.</summary>
    public Stored Find(Value value)
    {
        if (!_stored.TryGetValue(value, out Stored? stored))
        {
            if (!value.IsConstant)
            {
                throw new UnsupportedException(
                    $"'{Places.Shown(value.Name)}' is not computed, for what was said before");
            }

            AxisOrder order = AxisOrder.RowMajor(value.Shape);
            stored = new Stored(Constant(value, order, value.Shape), order);
        }

        return stored;
    }

    /// <summary>The order in which a value lies; of a constant that of whoever asks first, null.</summary>
    public AxisOrder? OrderOf(Value value) => value.IsConstant ? null : Find(value).Order;

    /// <summary>A value is this tensor from now on.</summary>
    public void Store(Value value, Tensor tensor, AxisOrder order) => _stored[value] = new Stored(tensor, order);

    /// <summary>A value in an order, transposed where it lies in another one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="order">The order, of the value's dimensions.</param>
    /// <param name="shape">The dimensions of the tensor, over the memory.</param>
    public Tensor Read(Value value, AxisOrder order, ImmutableArray<int> shape)
    {
        if (value.IsConstant)
        {
            return Constant(value, order, shape);
        }

        Stored stored = Find(value);
        return View(stored.Order.Equals(order) ? stored.Tensor : Ordered(value, stored, order), shape);
    }

    /// <summary>A value as ONNX counts its elements, with its own dimensions.</summary>
    public Tensor Read(Value value) => Read(value, AxisOrder.RowMajor(value.Shape), value.Shape);

    /// <summary>The same memory under other dimensions.</summary>
    public Tensor View(Tensor tensor, ImmutableArray<int> shape)
    {
        if (tensor.Shape.SequenceEqual(shape))
        {
            return tensor;
        }

        (Tensor, string) key = (tensor, Shapes.Text(shape));
        if (!_views.TryGetValue(key, out Tensor? view))
        {
            view = New(tensor.Name, tensor.Type, shape, tensor.Quantization);
            Add(new Reshape(tensor, view));
            _views.Add(key, view);
        }

        return view;
    }

    /// <summary>A tensor that an operator will write.</summary>
    public Tensor New(string name, TensorType type, ImmutableArray<int> shape, Quantization? quantization = null)
    {
        if (shape.Length > ModelLimits.Dimensions)
        {
            throw new UnsupportedException(
                Invariant($"it takes a tensor {Shapes.Text(shape)} of {shape.Length} dimensions; expected at most ")
                    + Invariant($"{ModelLimits.Dimensions}"));
        }

        var tensor = new Tensor(_names.Unique(Name(name)), type, shape, quantization);
        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>A tensor for a value.</summary>
    public Tensor New(Value value, ImmutableArray<int> shape) =>
        New(value.Name, ElementTypes.Of(value), shape);

    /// <summary>A constant that the file does not have.</summary>
    public Tensor NewConstant(string name, TensorType type, ImmutableArray<int> shape, ImmutableArray<byte> data)
    {
        _budget.Charge(data.Length);
        var tensor = new Tensor(_names.Unique(Name(name)), type, shape, data: data);
        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>float32 elements that the file does not have.</summary>
    public Tensor NewConstant(string name, ImmutableArray<int> shape, params ReadOnlySpan<float> elements) =>
        NewConstant(name, TensorType.Float32, shape, [.. MemoryMarshal.AsBytes(elements)]);

    /// <summary>Counts bytes of constants that are about to be computed.</summary>
    /// <exception cref="UnsupportedException">They are too many.</exception>
    public void Charge(long bytes) => _budget.Charge(bytes);

    /// <summary>An operator behind all others.</summary>
    /// <exception cref="UnsupportedException">It is not valid.</exception>
    public void Add(Operator op)
    {
        if (GraphValidator.ErrorsOf(op).FirstOrDefault() is { } error)
        {
            throw new UnsupportedException(error);
        }

        _operators.Add(op);
    }

    private Tensor Ordered(Value value, Stored stored, AxisOrder order)
    {
        if (_orders.TryGetValue((value, order), out Tensor? found))
        {
            return found;
        }

        if (AxisOrder.Aligned(stored.Order, order) is not var (from, to))
        {
            // No common parts: both have some with the order that ONNX counts in.
            AxisOrder rowMajor = AxisOrder.RowMajor(value.Shape);
            found = Ordered(value, new Stored(Ordered(value, stored, rowMajor), rowMajor), order);
        }
        else
        {
            Tensor source = View(stored.Tensor, from.MemorySizes);
            found = New(value.Name, source.Type, to.MemorySizes, source.Quantization);
            Add(new Transpose(source, found, [.. to.Memory.Select(f => from.Memory.IndexOf(f))]));
        }

        _orders.Add((value, order), found);
        return found;
    }

    private Tensor Constant(Value value, AxisOrder order, ImmutableArray<int> shape)
    {
        (Value, AxisOrder, string) key = (value, order, Shapes.Text(shape));
        if (!_constants.TryGetValue(key, out Tensor? tensor))
        {
            _budget.Charge(value.Constant!.Bytes.Length);
            tensor = new Tensor(
                _names.Unique(Name(value.Name)), ElementTypes.OfConstant(value.Constant), shape,
                data: OrderedConstants.Bytes(value.Constant, order));
            _tensors.Add(tensor);
            _constants.Add(key, tensor);
        }

        return tensor;
    }

    private static string Name(string name) => name.Length == 0 ? "value" : Shorter(name);

    private static string Shorter(string name) =>
        name.Length <= ModelLimits.NameLength ? name : name[..ModelLimits.NameLength];
}
