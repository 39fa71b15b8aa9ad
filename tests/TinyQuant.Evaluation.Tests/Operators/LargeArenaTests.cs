using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Pictures of 224 x 224 need megabytes, as MobileNetV2's first block does.</summary>
public sealed class LargeArenaTests
{
    [Fact]
    public void Megabytes_of_arena_work()
    {
        var maker = new GraphMaker(9);
        Tensor picture = maker.Int8Input(new Quantization(1f / 255, -128), 1, 224, 224, 3);
        Tensor first = maker.Conv2D(picture, 16, (3, 3), new WindowOptions(2, 2, Padding: Padding.Same));
        Tensor wide = maker.Conv2D(first, 96, (1, 1), new WindowOptions());
        Tensor narrow = maker.DepthwiseConv2D(wide, 1, (3, 3), new WindowOptions(2, 2, Padding: Padding.Same));
        Tensor wider = maker.Conv2D(narrow, 144, (1, 1), new WindowOptions());
        using CompiledModel model = CompiledOnce.Model(
            maker.Build(maker.Conv2D(wider, 8, (1, 1), new WindowOptions(8, 8))));

        Assert.InRange(model.ArenaBytes, 1_400_000, 2_600_000);
        Agreement.Check(model, runs: 1);
    }
}
