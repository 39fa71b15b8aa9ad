using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Kernels;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Linking;

/// <summary>
/// A program of one operator reaches the kernels that its code calls, and of others what is named here: all that a
/// native program can have of the library, since a compiler finds nothing that no instruction names.
/// </summary>
[Trait("Units", "alike")] // nothing in it is computed
public sealed class KernelReachTests
{
    private const string Kernels = "TinyQuant.Kernels";

    /// <summary>What all programs have.</summary>
    private static readonly Type[] s_common = [typeof(ModelGuard), typeof(Arena)];

    /// <summary>Operators whose kernels are made of another one's, which that is.</summary>
    private static readonly string[] s_others =
    [
        "Conv2D: FullyConnected", // groups, and dynamic range
        "Conv2D: Quantize", // dynamic range
        "DynamicSlice: StridedCopy",
        "DynamicUpdateSlice: RowCopy",
        "DynamicUpdateSlice: StridedCopy",
        "EmbeddingLookup: Dequantize",
        "FullyConnected: Quantize", // dynamic range
        "Svdf: FullyConnected",
        "UnidirectionalSequenceLstm: Activations",
        "UnidirectionalSequenceLstm: FullyConnected",
    ];

    /// <summary>Folders of what only some operators are made of, and those.</summary>
    private static readonly string[] s_folders =
    [
        "Convolution: Conv2D",
        "Depthwise: DepthwiseConv2D",
        "Detections: DetectionPostProcess",
        "FloatDot: Conv2D DepthwiseConv2D FullyConnected Svdf UnidirectionalSequenceLstm",
        "Int16: BatchMatMul Conv2D DepthwiseConv2D FullyConnected TransposeConv UnidirectionalSequenceLstm",
        "Matrices: BatchMatMul TransposeConv",
        "MatrixVector: Conv2D DepthwiseConv2D FullyConnected Svdf UnidirectionalSequenceLstm",
        "Resizing: ResizeBilinear",
        "Rows: AveragePool2D DepthwiseConv2D L2Pool2D Mean ReduceAll ReduceMax ReduceMin Sum TransposeConv "
            + "UnidirectionalSequenceLstm",
        "Signal: SignalDelay SignalFramer SignalIrfft SignalOverlapAdd SignalRfft",
        "Transposed: TransposeConv",
    ];

    /// <summary>Folders that are there for all.</summary>
    private static readonly string[] s_shared = ["Checks", "Elements", "Geometry", "Movement", "Requantizers"];

    private static readonly Lazy<List<(string Kind, ReachedKernels Kernels)>> s_reached = new(Reach);

    [Fact]
    public void Kernels_of_other_operators_are_those_named_here() => Assert.Equal(
        s_others,
        s_reached.Value.SelectMany(r => r.Kernels.Reached.Except(r.Kernels.Called)
                .Where(IsKernel).Select(t => $"{r.Kind}: {t.Name}"))
            .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void What_kernels_are_made_of_is_reached_by_those_alone() => Assert.Equal(
        s_folders,
        s_reached.Value.SelectMany(r => r.Kernels.Reached.Select(Folder).OfType<string>().Select(f => (f, r.Kind)))
            .Distinct().GroupBy(p => p.f, p => p.Kind, StringComparer.Ordinal).Where(g => !s_shared.Contains(g.Key))
            .Select(g => $"{g.Key}: {string.Join(" ", g.Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal));

    /// <summary>Else the walk would pass by finding nothing.</summary>
    [Fact]
    public void Every_operator_reaches_a_kernel_of_its_own()
    {
        Assert.Equal(
            OperatorText.All.Select(o => o.Kind).Where(IsOfOne).Distinct().Order(StringComparer.Ordinal),
            s_reached.Value.Select(r => r.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.All(s_reached.Value, r => Assert.Contains(r.Kernels.Called, IsKernel));
    }

    /// <summary>If and While run what is in their graphs.</summary>
    private static bool IsOfOne(string kind) => kind is not (nameof(If) or nameof(While));

    /// <summary>Whether it is one of the classes that generated code calls.</summary>
    private static bool IsKernel(Type type) => type is { IsPublic: true, IsAbstract: true, IsSealed: true }
        && type.Namespace == Kernels && !s_common.Contains(type);

    /// <summary>The folder of what generated code cannot name; null for all else.</summary>
    private static string? Folder(Type type) =>
        type.Namespace is { } name && name.StartsWith(Kernels + ".", StringComparison.Ordinal)
            ? name[(Kernels.Length + 1)..]
            : null;

    private static List<(string Kind, ReachedKernels Kernels)> Reach()
    {
        (string Kind, Graph Graph)[] models =
        [
            .. OperatorText.All.Where(o => IsOfOne(o.Kind))
                .SelectMany(o => ((bool[])(o.HasBothTypes ? [true, false] : [false])).Select(o.Write)
                    .Select(text => (o.Kind, ModelReader.Read(text).Graph)))
                .Where(m => m.Graph is not null) // not every operator takes both
                .Select(m => (m.Kind, m.Graph!)),
        ];
        using var batch = new CompiledBatch([.. models.Select(m => m.Graph)]);
        return [.. models.Select((m, i) => (m.Kind, ReachedKernels.Of(batch.Types[i])))];
    }
}
