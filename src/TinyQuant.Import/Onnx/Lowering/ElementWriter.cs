using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>Functions of elements, for operators of ONNX that are several here.</summary>
internal static class ElementWriter
{
    /// <summary>A function of each element of a tensor.</summary>
    public static Tensor Apply(
        this GraphWriter writer, string name, Tensor x, Func<Tensor, Tensor, Operator> make, TensorType? type = null)
    {
        Tensor output = writer.New(name, type ?? x.Type, x.Shape);
        writer.Add(make(x, output));
        return output;
    }

    /// <summary>
    /// A function of each element of a tensor and those of another one that is stretched to its shape.
    /// </summary>
    public static Tensor Combine(
        this GraphWriter writer, string name, Tensor x, Tensor y, Func<ImmutableArray<Tensor>, Tensor, Operator> make)
    {
        Tensor output = writer.New(name, x.Type, x.Shape);
        writer.Add(make([x, y], output));
        return output;
    }

    /// <summary>A function of each element of a float32 tensor and a number.</summary>
    public static Tensor Combine(
        this GraphWriter writer, string name, Tensor x, float number,
        Func<ImmutableArray<Tensor>, Tensor, Operator> make) =>
        writer.Combine(name, x, writer.Number(name, number), make);

    /// <summary>A number as a tensor of no dimensions.</summary>
    public static Tensor Number(this GraphWriter writer, string name, float number) =>
        writer.NewConstant(name, [], number);

    public static Tensor Plus(this GraphWriter writer, string name, Tensor x, float number) =>
        writer.Combine(name, x, number, static (i, o) => new Add(i, o));

    public static Tensor Times(this GraphWriter writer, string name, Tensor x, float number) =>
        writer.Combine(name, x, number, static (i, o) => new Mul(i, o));

    public static Tensor Plus(this GraphWriter writer, string name, Tensor x, Tensor y) =>
        writer.Combine(name, x, y, static (i, o) => new Add(i, o));

    public static Tensor Times(this GraphWriter writer, string name, Tensor x, Tensor y) =>
        writer.Combine(name, x, y, static (i, o) => new Mul(i, o));

    public static Tensor AtLeast(this GraphWriter writer, string name, Tensor x, float number) =>
        writer.Combine(name, x, number, static (i, o) => new Maximum(i, o));

    public static Tensor AtMost(this GraphWriter writer, string name, Tensor x, float number) =>
        writer.Combine(name, x, number, static (i, o) => new Minimum(i, o));
}
