using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>
/// Inputs and outputs of the model: their dimensions are in the file's order, but where it is asked that images have
/// their channels last.
/// </summary>
internal sealed class ModelEnds(Network network, ImportOptions options, GraphWriter writer)
{
    /// <summary>The model's inputs, in the file's order.</summary>
    public ImmutableArray<Tensor> Inputs()
    {
        var inputs = ImmutableArray.CreateBuilder<Tensor>();
        foreach (Value input in network.Inputs)
        {
            ImmutableArray<int> places = Places(input.Shape, LayoutOf(input.Name, options.InputLayouts));
            Tensor tensor = writer.New(input, [.. places.Select(d => input.Shape[d])]);
            writer.Store(input, tensor, AxisOrder.Of(input.Shape, places));
            inputs.Add(tensor);
        }

        return inputs.ToImmutable();
    }

    /// <summary>The model's outputs, each a tensor of its own.</summary>
    public ImmutableArray<Tensor> Outputs(ImmutableArray<Tensor> inputs)
    {
        var taken = new HashSet<Tensor>(inputs);
        var outputs = ImmutableArray.CreateBuilder<Tensor>();
        foreach (NetworkOutput output in network.Outputs)
        {
            Value value = output.Value;
            ImmutableArray<int> places = Places(value.Shape, LayoutOf(output.Name, options.OutputLayouts));
            Tensor tensor = writer.Read(
                value, AxisOrder.Of(value.Shape, places), [.. places.Select(d => value.Shape[d])]);
            if (tensor.IsConstant || !taken.Add(tensor))
            {
                TensorType type = tensor.Type == TensorType.Float16 ? TensorType.Float32 : tensor.Type;
                Tensor copy = writer.New(output.Name, type, tensor.Shape, tensor.Quantization);
                writer.Add(new Reshape(tensor, copy));
                tensor = copy;
                taken.Add(copy);
            }

            outputs.Add(tensor);
        }

        return outputs.ToImmutable();
    }

    /// <summary>What is wrong with layouts that are asked for: names that nothing has, and what is no image.</summary>
    public IEnumerable<string> Errors() =>
        Unknown(options.InputLayouts, "input", [.. network.Inputs.Select(i => (i.Name, i.Shape))])
        .Concat(Unknown(
            options.OutputLayouts, "output", [.. network.Outputs.Select(o => (o.Name, o.Value.Shape))]));

    private static IEnumerable<string> Unknown(
        ImmutableArray<ValueLayout> layouts, string what, (string Name, ImmutableArray<int> Shape)[] values)
    {
        foreach (ValueLayout layout in layouts.IsDefault ? [] : layouts)
        {
            (string Name, ImmutableArray<int> Shape)[] found = [.. values.Where(v => v.Name == layout.Name)];
            if (found.Length == 0)
            {
                yield return $"it has no {what} '{Networks.Places.Shown(layout.Name)}', whose layout is given; expected "
                    + string.Join(", ", values.Select(v => $"'{Networks.Places.Shown(v.Name)}'"));
            }
            else if (!IsImage(found[0].Shape))
            {
                yield return $"{what} '{Networks.Places.Shown(layout.Name)}' is {Shapes.Text(found[0].Shape)}, which is no "
                    + "image; a layout is given for four dimensions, or three";
            }
        }
    }

    private ImageLayout LayoutOf(string name, ImmutableArray<ValueLayout> layouts) =>
        (layouts.IsDefault ? [] : layouts).LastOrDefault(l => l.Name == name)?.Layout ?? options.Layout;

    private static bool IsImage(ImmutableArray<int> shape) => shape.Length is 3 or 4;

    /// <summary>The dimensions in the order of the model's memory.</summary>
    private static ImmutableArray<int> Places(ImmutableArray<int> shape, ImageLayout layout) =>
        layout == ImageLayout.Nhwc && IsImage(shape)
            ? [0, .. Enumerable.Range(2, shape.Length - 2), 1]
            : [.. Enumerable.Range(0, shape.Length)];
}
