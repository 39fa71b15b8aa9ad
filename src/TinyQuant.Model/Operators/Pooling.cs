using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// What the pools share: a window over an image [batches, height, width, channels], each channel by itself. All
/// float32, or all int8 or int16 with one scale and zero point.
/// </summary>
public abstract class Pooling : Operator
{
    private const int MaxFilter = 1 << 16;

    private protected static readonly OperatorAttribute<ImmutableArray<int>> s_filter = AttributesOf<Pooling>.Integers(
        "filter", o => [o.Filter.Height, o.Filter.Width], 1, MaxFilter, count: 2);

    private protected static readonly OperatorAttribute<WindowOptions> s_window = WindowOptions.Attribute<Pooling>(
        o => o.Window, hasDilation: false);

    private protected static (int Height, int Width) FilterOf(OperatorParts parts)
    {
        ImmutableArray<int> filter = parts.Get(s_filter);
        return filter.Length == 2 ? (filter[0], filter[1]) : (1, 1); // an error was reported
    }

    private protected Pooling(
        Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        Filter = filter;
        Window = window;
    }

    /// <summary>Rows and columns of the window.</summary>
    public (int Height, int Width) Filter { get; }

    /// <summary>Stride, padding and activation.</summary>
    public WindowOptions Window { get; }

    /// <summary>The image, [batches, height, width, channels].</summary>
    public Tensor Input => Inputs[0];

    /// <summary>[batches, height, width, channels].</summary>
    public Tensor Output => Outputs[0];

    /// <summary>None: a pool multiplies nothing.</summary>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors =
        [
            .. Checks.SameType(Types, Input, Output), .. Checks.Rank(Input, 4),
            .. Checks.Rank(Output, 4),
        ];
        return errors.Count > 0
            ? errors
            : Checks.Quantized(Input, Output).Concat(Checks.SameQuantization(Input, Output)).Concat(WindowErrors());
    }

    /// <summary>The types of its elements.</summary>
    private protected virtual IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    private IEnumerable<string> WindowErrors()
    {
        if (Math.Min(Filter.Height, Filter.Width) < 1 || Math.Max(Filter.Height, Filter.Width) > MaxFilter
            || Math.Min(Window.StrideHeight, Window.StrideWidth) < 1
            || (Window.DilationHeight, Window.DilationWidth) != (1, 1))
        {
            return [$"filter, stride or dilation is out of range; expected a filter of 1 to {MaxFilter}, a stride "
                + "of 1 or more and no dilation"];
        }

        (long height, long width) = Window.OutputSize(Input.Shape[1], Input.Shape[2], Filter);
        return Checks.Shape(Output, Input.Shape[0], height, width, Input.Shape[3]);
    }
}
