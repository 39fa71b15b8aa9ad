using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>What rules say of nodes, and ask of them.</summary>
internal static class Inferring
{
    /// <summary>The most elements of a value that is computed while importing.</summary>
    public const int MostFolded = 4 << 20;

    /// <summary>The most codes that are made reals wherever they are asked for.</summary>
    private const int MostKnown = 4_096;

    /// <summary>Says what an output is; nothing where nobody wants it.</summary>
    public static void Set(this Node node, int output, OnnxType type, ImmutableArray<int> shape)
    {
        if (shape.Any(d => d < 0) || Shapes.Count(shape) > int.MaxValue)
        {
            throw new UnsupportedException(
                $"its output has the shape {Shapes.Text(shape)}; expected sizes of 0 and more, and at most "
                    + Invariant($"{int.MaxValue} elements"));
        }

        if (node.OutputAt(output) is { } value)
        {
            // What a device computes with halves here, it computes with float32.
            value.Type = type is OnnxType.Float16 or OnnxType.BFloat16 ? OnnxType.Float32 : type;
            value.Shape = shape;
        }
    }

    /// <summary>The first output is as the first input.</summary>
    public static void SetAlike(this Node node) => node.Set(0, node.Required(0).Type, node.Required(0).Shape);

    /// <summary>The first output is of the first input's type.</summary>
    public static void SetShape(this Node node, ImmutableArray<int> shape) =>
        node.Set(0, node.Required(0).Type, shape);

    /// <summary>An axis that counts from the end where it is negative, as one from 0.</summary>
    public static int Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank
            ? (int)counted
            : throw new UnsupportedException(Invariant($"axis {axis} is outside of {rank} dimensions"));
    }

    /// <summary>Axes that count from the end where they are negative, each from 0 and once.</summary>
    public static ImmutableArray<int> Axes(ReadOnlySpan<long> axes, int rank)
    {
        var counted = ImmutableArray.CreateBuilder<int>(axes.Length);
        foreach (long axis in axes)
        {
            int place = Axis(axis, rank);
            if (counted.Contains(place))
            {
                throw new UnsupportedException(Invariant($"axis {axis} is there twice"));
            }

            counted.Add(place);
        }

        return counted.MoveToImmutable();
    }

    /// <summary>The elements of an input that must be known; null where the input is missing.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Which input.</param>
    /// <param name="what">What it is, for messages.</param>
    public static Constant? Known(this Node node, int input, string what)
    {
        if (node.Input(input) is not { } value)
        {
            return null;
        }

        Constant? known = value.Constant
            ?? (Shapes.Count(value.Shape) <= MostKnown ? Dequantization.Find(value.Producer) : null);
        string name = Places.Shown(value.Name);
        return known ?? throw new UnsupportedException(
            $"{what}, in '{name}' {value.TypeAndShape}, is not known before the model runs; expected a constant"
                + (value.Producer is null ? $"; an input becomes one by --constant {name}=..." : ""));
    }

    /// <summary>Integers of an input that must be there and known.</summary>
    public static ReadOnlySpan<long> Integers(this Node node, int input, string what)
    {
        node.Required(input);
        return node.Known(input, what)!.Integers;
    }

    /// <summary>A list of integers of an input that may be missing; default where it is.</summary>
    public static ImmutableArray<long> OptionalIntegers(this Node node, int input, string what) =>
        node.Known(input, what) is { } known ? [.. known.Integers] : default;

    /// <summary>A size that an array can have.</summary>
    public static int Size(long size, string what) => size is >= 0 and <= int.MaxValue
        ? (int)size
        : throw new UnsupportedException(Invariant($"{what} is {size}; expected 0 to {int.MaxValue}"));

    /// <summary>The number of dimensions that an input must have.</summary>
    public static void RequireRank(this Node node, int input, int least, int most = int.MaxValue)
    {
        Value value = node.Required(input);
        if (value.Rank < least || value.Rank > most)
        {
            string expected = least == most ? Invariant($"{least}")
                : most == int.MaxValue ? Invariant($"at least {least}") : Invariant($"{least} to {most}");
            throw new UnsupportedException(
                Invariant($"input {input} is {value.TypeAndShape}; expected {expected} dimensions"));
        }
    }

    /// <summary>What holds of a node, or else a message of what it found.</summary>
    public static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new UnsupportedException(message);
        }
    }
}
