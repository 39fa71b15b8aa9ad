using BenchmarkDotNet.Running;
using TinyQuant.Bench;

BenchmarkSwitcher.FromAssembly(typeof(DenseBenchmarks).Assembly).Run(args);
