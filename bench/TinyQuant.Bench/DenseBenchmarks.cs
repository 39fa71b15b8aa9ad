using BenchmarkDotNet.Attributes;

namespace TinyQuant.Bench;

/// <summary>A dense layer of 784 inputs and 10 outputs, one image an operation, none of them twice in a row.</summary>
[MemoryDiagnoser]
public class DenseBenchmarks
{
    private readonly DenseWorkload _workload = new();

    [Benchmark(Baseline = true)]
    public int Float32() => _workload.Float32();

    [Benchmark]
    public int TensorPrimitivesDot() => _workload.TensorPrimitivesDot();

    [Benchmark]
    public int Int8FromPixels() => _workload.Int8();

    [Benchmark]
    public int Int8OfPixels() => _workload.Pixels();

    [Benchmark]
    public int Hybrid() => _workload.Hybrid();

    [Benchmark]
    public int DynamicQuantization() => _workload.Dynamic();
}
