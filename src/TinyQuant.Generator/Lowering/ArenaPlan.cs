using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The sizes of a model's arena, once every region has its place.</summary>
/// <param name="ArenaBytes">What <c>Run</c> needs.</param>
/// <param name="LowerBound">What no plan of the same regions can go below.</param>
/// <param name="StateBytes">Of <paramref name="ArenaBytes"/>, state; it lies at the start.</param>
/// <param name="ScratchBytes">How much smaller the arena would be if no kernel needed scratch.</param>
/// <param name="ClassifyArenaBytes">What <c>Classify</c> needs: the arena, and room for what is else the
/// caller's.</param>
internal sealed record ArenaPlan(
    int ArenaBytes, int LowerBound, int StateBytes, int ScratchBytes, int ClassifyArenaBytes)
{
    /// <summary>Places the regions.</summary>
    /// <exception cref="UnsupportedModelException">The arena would be larger than an int holds.</exception>
    public static ArenaPlan Of(string model, IReadOnlyList<ArenaRegion> regions, CancellationToken cancellation)
    {
        ArenaRegion[] state = [.. regions.Where(r => r.Kind == RegionKind.State)];
        ArenaRegion[] activations = [.. regions.Where(r => r.Kind == RegionKind.Activation)];
        ArenaRegion[] run = [.. regions.Where(r => r.Kind is RegionKind.Activation or RegionKind.Scratch)];
        ArenaRegion[] classify = [.. regions.Where(r => r.Kind == RegionKind.Classify)];

        MemoryPlan statePlan = Plan(model, state, cancellation);
        MemoryPlan runPlan = Plan(model, run, cancellation);
        int withoutScratch = run.Length == activations.Length
            ? runPlan.ArenaBytes
            : Plan(model, activations, cancellation).ArenaBytes;
        MemoryPlan classifyPlan = MemoryPlanner.TryExtend(
            runPlan, Requests(run), Requests(classify), out MemoryPlan? extended, cancellation)
            ? extended
            : throw TooLarge(model);
        int stateBytes = statePlan.ArenaBytes;
        if ((long)stateBytes + classifyPlan.ArenaBytes > int.MaxValue)
        {
            throw TooLarge(model);
        }

        Place(state, statePlan, 0);
        Place([.. run, .. classify], classifyPlan, stateBytes);
        return new ArenaPlan(
            stateBytes + runPlan.ArenaBytes, stateBytes + runPlan.LowerBound, stateBytes,
            Math.Max(0, runPlan.ArenaBytes - withoutScratch), stateBytes + classifyPlan.ArenaBytes);
    }

    private static MemoryPlan Plan(string model, ArenaRegion[] regions, CancellationToken cancellation) =>
        MemoryPlanner.TryPlan(Requests(regions), out MemoryPlan? plan, cancellation) ? plan : throw TooLarge(model);

    // Operator indexes start at -1 here: the caller's input is quantized before the first operator.
    private static BufferRequest[] Requests(ArenaRegion[] regions) =>
        [.. regions.Select(r => new BufferRequest(r.Name, r.Bytes, r.FirstUse + 1, r.LastUse + 1))];

    private static void Place(ArenaRegion[] regions, MemoryPlan plan, int start)
    {
        for (int i = 0; i < regions.Length; i++)
        {
            regions[i].Offset = start + plan.Offsets[i];
        }
    }

    private static UnsupportedModelException TooLarge(string model) =>
        new(0, $"the activations of '{model}' need an arena of more than {int.MaxValue} bytes");
}
