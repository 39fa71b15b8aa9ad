using TinyQuant.Model;

namespace TinyQuant.Generator.Tests.Planning;

/// <summary>Plans of random graphs, each run over a memory that knows whose every byte is.</summary>
public sealed class ArenaSimulationTests
{
    private const int Graphs = 600;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_operator_reads_what_it_means(bool classifies)
    {
        var seen = new Census();
        for (int seed = 0; seed < Graphs; seed++)
        {
            Graph graph = PlannedGraph.Of(seed, classifies);
            LoweredModel model = ModelLowering.Lower(
                GraphValidator.Require(graph), NameTable.ForType("T"), CancellationToken.None);
            seen.Count(model);
            try
            {
                ArenaSimulation.Run(model);
                if (model.Classify is not null)
                {
                    ArenaSimulation.Classify(model, ofReals: false);
                    ArenaSimulation.Classify(model, ofReals: true);
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e.Message}");
            }
        }

        seen.AssertEnough(classifies);
    }

    /// <summary>That the graphs have what can go wrong.</summary>
    private sealed class Census
    {
        private int _aliases, _inPlace, _inPlaceForScratch, _states, _scratch, _lateCodes, _accumulators, _scores;

        public void Count(LoweredModel model)
        {
            _aliases += model.Calls.Count(c => c.IsNothing);
            _states += model.States.Length > 1 ? 1 : 0;
            _scratch += model.Arena.ScratchBytes > 0 ? 1 : 0;
            foreach (KernelCall call in model.Calls.Where(c => !c.IsNothing && c.Operator.InPlaceInputs.Length > 0))
            {
                bool isInPlace = model.SpanOf(call.Operator.Outputs[0]).Buffer?.Region is { } region
                    && call.Operator.Inputs.Any(t =>
                        !t.IsConstant && !model.Graph.Inputs.Contains(t) && model.SpanOf(t).Buffer?.Region == region);
                _inPlace += isInPlace ? 1 : 0;
                _inPlaceForScratch += isInPlace && call.Operator is DepthwiseConv2D ? 1 : 0;
            }

            if (model.Classify is { } plan)
            {
                _accumulators += plan.Last is null ? 0 : 1;
                _scores += plan.Last is null ? 1 : 0;
                _lateCodes += plan.Codes!.LastUse > 1 ? 1 : 0;
            }
        }

        public void AssertEnough(bool classifies)
        {
            int[] counts = [_aliases, _inPlace, _inPlaceForScratch, _states, _scratch];
            int[] ofClassify = [_lateCodes, _accumulators, _scores];
            string all = string.Join(" ", [.. counts, .. ofClassify]);
            Assert.All(classifies ? [.. counts, .. ofClassify] : counts, count => Assert.True(count > 10, all));
        }
    }
}
