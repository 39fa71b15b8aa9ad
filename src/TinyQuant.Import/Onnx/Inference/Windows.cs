using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>
/// What a convolution or a pool looks at along its dimensions of space, which are those behind the first two: all
/// attributes as numbers, paddings that the file leaves to be computed among them.
/// </summary>
internal sealed class Windows
{
    private readonly Node _node;

    /// <summary>Reads the attributes of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">The shape of what it looks at.</param>
    /// <param name="kernel">The window's sizes.</param>
    /// <exception cref="UnsupportedException">They do not fit each other.</exception>
    public Windows(Node node, ImmutableArray<int> input, ImmutableArray<int> kernel)
    {
        _node = node;
        Input = [.. input.Skip(2)];
        Kernel = kernel;
        int rank = Input.Length;
        Inferring.Require(rank > 0 && kernel.Length == rank,
            Invariant($"its window has {kernel.Length} dimensions; its input has {rank} of space"));
        Strides = List("strides", rank, 1);
        Dilations = List("dilations", rank, 1);
        Inferring.Require(kernel.Concat(Strides).Concat(Dilations).All(s => s >= 1),
            "its window, strides or dilations are less than 1");
        Mode = node.Attributes.String("auto_pad", "NOTSET");
        Inferring.Require(Mode is "NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER",
            $"its padding is '{Places.Shown(Mode)}'; expected NOTSET, VALID, SAME_UPPER or SAME_LOWER");
        IsCeiling = node.Attributes.Flag("ceil_mode");
        if (Mode.StartsWith("SAME", StringComparison.Ordinal))
        {
            ImmutableArray<int> needed = [.. Enumerable.Range(0, rank).Select(SamePadding)];
            bool isUpper = Mode == "SAME_UPPER";
            Before = [.. needed.Select(n => isUpper ? n / 2 : n - (n / 2))];
            Behind = [.. needed.Select(n => isUpper ? n - (n / 2) : n / 2)];
        }
        else
        {
            ImmutableArray<int> pads = Mode == "VALID" ? [.. new int[2 * rank]] : List("pads", 2 * rank, 0);
            Inferring.Require(pads.All(p => p >= 0), "its padding is less than 0");
            Before = pads[..rank];
            Behind = pads[rank..];
        }
    }

    /// <summary>Sizes of what it looks at.</summary>
    public ImmutableArray<int> Input { get; }

    /// <summary>Sizes of the window.</summary>
    public ImmutableArray<int> Kernel { get; }

    public ImmutableArray<int> Strides { get; }

    public ImmutableArray<int> Dilations { get; }

    /// <summary>Padding before the first elements.</summary>
    public ImmutableArray<int> Before { get; }

    /// <summary>Padding behind the last elements.</summary>
    public ImmutableArray<int> Behind { get; }

    /// <summary>How the file says padding.</summary>
    public string Mode { get; }

    /// <summary>Whether a window that lies partly behind the padding counts.</summary>
    public bool IsCeiling { get; }

    /// <summary>Sizes of the output.</summary>
    public ImmutableArray<int> Output => [.. Enumerable.Range(0, Input.Length).Select(OutputSize)];

    /// <summary>Sizes of a window with the gaps between what it looks at.</summary>
    public int Extent(int dimension) =>
        Inferring.Size(((Kernel[dimension] - 1L) * Dilations[dimension]) + 1, "the size of its window");

    /// <summary>Attributes of this meaning have so many numbers.</summary>
    /// <exception cref="UnsupportedException">They have others.</exception>
    public ImmutableArray<int> List(string name, int count, int missing)
    {
        ImmutableArray<int> given = _node.Attributes.Ints32(name);
        Inferring.Require(given.IsDefaultOrEmpty || given.Length == count,
            Invariant($"attribute '{name}' has {(given.IsDefault ? 0 : given.Length)} numbers; expected {count}"));
        return given.IsDefaultOrEmpty ? [.. Enumerable.Repeat(missing, count)] : given;
    }

    private int SamePadding(int dimension)
    {
        long outputs = ((long)Input[dimension] + Strides[dimension] - 1) / Strides[dimension];
        return Inferring.Size(
            Math.Max(0, ((outputs - 1) * Strides[dimension]) + Extent(dimension) - Input[dimension]), "its padding");
    }

    private int OutputSize(int dimension)
    {
        long padded = (long)Input[dimension] + Before[dimension] + Behind[dimension], step = Strides[dimension];
        long left = padded - Extent(dimension);
        Inferring.Require(left >= 0, Invariant($"its window of {Extent(dimension)} is larger than the input of ")
            + Invariant($"{padded} with padding, along dimension {dimension + 2}"));
        long size = (IsCeiling ? (left + step - 1) / step : left / step) + 1;

        // A window that would begin behind the last element is none.
        return Inferring.Size(
            IsCeiling && (size - 1) * step >= Input[dimension] + (long)Before[dimension] ? size - 1 : size,
            "its output's size");
    }
}
