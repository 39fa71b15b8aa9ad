using CsCheck;

namespace TinyQuant.Model.Tests.Passes;

public class MemoryPlannerTests
{
    private static readonly Gen<BufferRequest> s_request = Gen.Select(
        Gen.Int[0, 200], Gen.Int[0, 12], Gen.Int[0, 4], Gen.OneOfConst(1, 4, 8, 16, 64),
        (bytes, first, length, alignment) => new BufferRequest("b", bytes, first, first + length, alignment));

    /// <summary>As in a chain: few are live at once.</summary>
    private static readonly Gen<BufferRequest> s_brief = Gen.Select(
        Gen.Int[0, 200], Gen.Int[0, 100], Gen.Int[0, 2],
        (bytes, first, length) => new BufferRequest("b", bytes, first, first + length));

    [Fact]
    public void Buffers_live_at_once_never_overlap_and_the_peak_is_between_its_bounds() =>
        s_request.Array[0, 30].Sample(requests =>
        {
            MemoryPlan plan = MemoryPlanner.Plan(requests);
            Assert.Equal(requests.Length, plan.Offsets.Length);
            for (int i = 0; i < requests.Length; i++)
            {
                BufferRequest a = requests[i];
                Assert.True(plan.Offsets[i] >= 0 && plan.Offsets[i] % a.Alignment == 0);
                Assert.True(plan.Offsets[i] + a.Bytes <= plan.ArenaBytes);
                for (int j = 0; j < i; j++)
                {
                    BufferRequest b = requests[j];
                    bool together = a.FirstUse <= b.LastUse && b.FirstUse <= a.LastUse && a.Bytes > 0 && b.Bytes > 0;
                    bool apart = plan.Offsets[i] + a.Bytes <= plan.Offsets[j]
                        || plan.Offsets[j] + b.Bytes <= plan.Offsets[i];
                    Assert.True(!together || apart, $"{i} and {j} overlap");
                }
            }

            int[] steps = [.. Enumerable.Range(0, 20).Select(step => requests
                .Where(r => r.FirstUse <= step && step <= r.LastUse)
                .Sum(r => (r.Bytes + r.Alignment - 1) / r.Alignment * r.Alignment))];
            Assert.Equal(steps.Max(), plan.LowerBound);
            Assert.True(plan.ArenaBytes >= plan.LowerBound);
            Assert.Equal(plan.ArenaBytes == plan.LowerBound, plan.IsMinimal);
        }, iter: 1000);

    [Fact]
    public void What_is_placed_later_leaves_the_plan_as_it_is_and_overlaps_nothing_of_its_time() =>
        Gen.Select(s_request.Array[0, 12], s_request.Array[0, 5]).Sample((placed, more) =>
        {
            MemoryPlan plan = MemoryPlanner.Plan(placed);
            Assert.True(MemoryPlanner.TryExtend(plan, placed, more, out MemoryPlan? both, default));
            Assert.Equal(plan.Offsets, both.Offsets.Take(placed.Length));
            BufferRequest[] all = [.. placed, .. more];
            for (int i = placed.Length; i < all.Length; i++)
            {
                Assert.True(both.Offsets[i] >= 0 && both.Offsets[i] % all[i].Alignment == 0);
                Assert.True(both.Offsets[i] + all[i].Bytes <= both.ArenaBytes);
                for (int j = 0; j < i; j++)
                {
                    bool together = all[i].FirstUse <= all[j].LastUse && all[j].FirstUse <= all[i].LastUse
                        && all[i].Bytes > 0 && all[j].Bytes > 0;
                    bool apart = both.Offsets[i] + all[i].Bytes <= both.Offsets[j]
                        || both.Offsets[j] + all[j].Bytes <= both.Offsets[i];
                    Assert.True(!together || apart, $"{i} and {j} overlap");
                }
            }
        }, iter: 2000);

    [Fact]
    public void The_same_requests_give_the_same_plan() => s_request.Array[0, 30].Sample(requests =>
        MemoryPlanner.Plan(requests).Offsets.SequenceEqual(MemoryPlanner.Plan([.. requests]).Offsets), iter: 200);

    [Fact]
    public void Plans_are_those_of_the_plain_loops() =>
        Gen.OneOf(s_request.Array[0, 30], s_brief.Array[0, 120]).Sample(requests =>
    {
        MemoryPlan plan = MemoryPlanner.Plan(requests);
        Assert.Equal(PlainMemoryPlanner.Plan(requests, plan.LowerBound), plan.Offsets.Select(o => (long)o));
    }, iter: 1000);

    [Fact]
    public void A_long_chain_takes_work_in_proportion_to_its_length()
    {
        MemoryPlan Chain(int length) =>
            MemoryPlanner.Plan([
                .. Enumerable.Range(0, length).Select(i => new BufferRequest("b", 8 + (i * 37 % 100), i, i + 1))]);
        Assert.InRange(Chain(30_000).Work, 1, 31 * Chain(1_000).Work);
        Assert.InRange(Chain(30_000).Work, 1, 30_000L * 27 * 40); // trials, and what each buffer looks at
    }

    [Fact]
    public void Many_buffers_at_once_take_bounded_work()
    {
        MemoryPlan plan = MemoryPlanner.Plan([
            .. Enumerable.Range(0, 20_000).Select(i =>
                new BufferRequest("b", 8 + (i * 37 % 1000), i / 7, 20_000 - (i % 11)))]);
        Assert.InRange(plan.Work, 1, 3_000_000_000); // one trial, or as many as the planner's own bound lets begin
        Assert.InRange(plan.ArenaBytes, plan.LowerBound, plan.LowerBound * 2L);
    }

    [Fact]
    public void No_buffers_need_no_arena()
    {
        MemoryPlan plan = MemoryPlanner.Plan([]);
        Assert.Equal((0, 0, true), (plan.ArenaBytes, plan.LowerBound, plan.IsMinimal));
    }

    [Fact]
    public void A_chain_takes_turns_at_both_ends()
    {
        MemoryPlan plan = MemoryPlanner.Plan(
            [new("a", 784, 0, 0), new("b", 100, 0, 1), new("c", 60, 1, 2), new("d", 10, 2, 3)]);
        Assert.Equal(784 + 104, plan.ArenaBytes);
        Assert.Equal(888, plan.LowerBound);
    }

    [Fact]
    public void Buffers_of_different_times_share_one_place()
    {
        MemoryPlan plan = MemoryPlanner.Plan([new("a", 5, 0, 0), new("b", 9, 1, 1), new("c", 3, 2, 2)]);
        Assert.Equal([0, 0, 0], plan.Offsets.ToArray());
        Assert.Equal(16, plan.ArenaBytes);
    }

    [Fact]
    public void A_residual_connection_is_planned_minimally()
    {
        MemoryPlan plan = MemoryPlanner.Plan(
            [new("in", 64, 0, 3), new("x", 128, 0, 1), new("y", 128, 1, 2), new("z", 64, 2, 3), new("sum", 64, 3, 4)]);
        Assert.True(plan.IsMinimal);
        Assert.Equal(320, plan.ArenaBytes);
    }

    [Fact]
    public void Another_order_is_tried_where_the_largest_first_is_not_best()
    {
        // Largest first puts a and d at 0, so that b and c, live together, cannot both lie right above them.
        MemoryPlan plan = MemoryPlanner.Plan(
            [new("a", 24, 0, 1), new("b", 16, 1, 2), new("c", 16, 2, 3), new("d", 24, 3, 4), new("long", 8, 0, 4)]);
        Assert.Equal(48, plan.LowerBound);
        Assert.True(plan.IsMinimal);
    }

    [Theory]
    [InlineData(-1, 0, 0, 8)]
    [InlineData(1, 2, 1, 8)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, 0, 0, 12)]
    [InlineData(1, 0, 0, int.MinValue)]
    public void A_wrong_request_throws(int bytes, int first, int last, int alignment) =>
        Assert.Throws<ArgumentException>(() => MemoryPlanner.Plan([new("b", bytes, first, last, alignment)]));

    [Fact]
    public void More_than_an_int_is_reported_and_not_wrapped()
    {
        BufferRequest[] two = [new("a", int.MaxValue, 0, 1), new("b", int.MaxValue, 1, 1)];
        Assert.False(MemoryPlanner.TryPlan(two, out MemoryPlan? plan));
        Assert.Null(plan);
        Assert.Throws<OverflowException>(() => MemoryPlanner.Plan(two));
        Assert.False(MemoryPlanner.TryPlan([new("a", int.MaxValue, 0, int.MaxValue)], out _)); // rounded up
    }

    [Fact]
    public void The_largest_arena_is_planned()
    {
        MemoryPlan plan = MemoryPlanner.Plan([
            new("a", int.MaxValue - 7, int.MinValue, int.MaxValue), new("none", 0, 0, 0)]);
        Assert.Equal(int.MaxValue - 7, plan.ArenaBytes);
    }

    [Fact]
    public void A_cancelled_plan_ends()
    {
        var cancelled = new CancellationToken(canceled: true);
        BufferRequest[] one = [new("a", 8, 0, 1)];
        BufferRequest[] more = [new("b", 8, 1, 2)];
        MemoryPlan plan = MemoryPlanner.Plan(one);
        Assert.Throws<OperationCanceledException>(() => MemoryPlanner.TryPlan(one, out _, cancelled));
        Assert.Throws<OperationCanceledException>(() => MemoryPlanner.TryExtend(plan, one, more, out _, cancelled));
    }
}
