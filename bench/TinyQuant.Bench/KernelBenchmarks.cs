using BenchmarkDotNet.Attributes;

namespace TinyQuant.Bench;

/// <summary>
/// One layer an operation: the sizes are those of keyword spotting, image classification and anomaly detection.
/// </summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private static readonly LayerShape[] s_shapes =
    [
        new(LayerOperator.Conv3x3, 16, 16, 32, 32),
        new(LayerOperator.Conv1x1, 25, 5, 64, 64),
        new(LayerOperator.Depthwise3x3, 25, 5, 64, 64),
        new(LayerOperator.FullyConnected, 1, 1, 640, 128),
    ];

    private Func<int> _int8FloatEven = null!;
    private Func<int> _int8Double = null!;
    private Func<int> _float32 = null!;

    /// <summary>Operator and sizes.</summary>
    [ParamsSource(nameof(Layers))]
    public string Layer { get; set; } = "";

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Layers => s_shapes.Select(NameOf);

    /// <summary>Makes the layer's data.</summary>
    [GlobalSetup]
    public void Setup()
    {
        LayerShape shape = s_shapes.Single(s => NameOf(s) == Layer);
        _int8FloatEven = LayerWork.Create(shape, Arithmetic.Int8FloatEven);
        _int8Double = LayerWork.Create(shape, Arithmetic.Int8Double);
        _float32 = LayerWork.Create(shape, Arithmetic.Float32);
    }

    [Benchmark(Baseline = true)]
    public int Float32() => _float32();

    [Benchmark]
    public int Int8FloatEven() => _int8FloatEven();

    [Benchmark]
    public int Int8Double() => _int8Double();

    private static string NameOf(LayerShape shape) => $"{shape.Operator.Name()}, {shape}";
}
