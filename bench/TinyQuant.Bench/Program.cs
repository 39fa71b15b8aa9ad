using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using TinyQuant.Bench;

// What BenchmarkDotNet builds contains the generator, too; on a busy machine that takes longer than the two minutes
// that it waits.
IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .WithBuildTimeout(TimeSpan.FromMinutes(15))
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40));
BenchmarkSwitcher.FromAssembly(typeof(DenseBenchmarks).Assembly).Run(args, config);
