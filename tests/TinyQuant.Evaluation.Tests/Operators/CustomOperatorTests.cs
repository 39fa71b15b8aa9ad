using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Custom operators, the whole way from a model file; the kernels have cases of their own.</summary>
[SmallestModel("CircularBuffer x Q[1,1,2,3] s Q[1,5,2,3]v r I[1]v -> y Q[1,5,2,3] cycles_max=1")]
[SmallestModel("DetectionPostProcess b F[1,6,4] s F[1,6,2] a F[6,4]c -> o F[1,5,4] c F[1,5] p F[1,5] n F[1] "
    + "num_classes=2 score_threshold=0.25 iou_threshold=0.5 max_detections=5 max_classes=1 detections_per_class=100 "
    + "y_scale=10 x_scale=10 h_scale=5 w_scale=5")]
[Trait("Units", "alike")] // nothing in it is computed in vectors
public sealed class CustomOperatorTests
{
    private const int Rows = 3;

    /// <summary>
    /// Runs that only fill the buffer say so, and leave outputs as they are; in a long model too, whose calls stand in
    /// several methods.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 600)]
    public void One_of_some_runs_has_outputs(int cycles, int operators)
    {
        using CompiledModel model = CompiledOnce.Model(Graph(cycles, operators));
        var rows = new List<byte>(Enumerable.Repeat((byte)5, Rows * 2));
        byte[] output = new byte[Rows * 2];
        var random = new Random(1);
        for (int run = 1; run <= 10; run++)
        {
            byte[] input = new byte[2], before = [.. output];
            random.NextBytes(input);
            rows.AddRange(input);
            Assert.Equal(run % cycles == 0, model.Run([input], [output]));
            Assert.Equal(run % cycles == 0 ? rows[^output.Length..] : before, output);
        }

        model.Reset();
        Assert.Equal(cycles == 1, model.Run([[1, 2]], [output]));
        Assert.False(model.Classifies && cycles > 1);
    }

    private static Graph Graph(int cycles, int operators)
    {
        var quantization = new Quantization(0.5f, 5);
        Tensor x = new("x", TensorType.Int8, [1, 1, 1, 2], quantization);
        Tensor state = new("s", TensorType.Int8, [1, Rows, 1, 2], quantization, isVariable: true);
        Tensor runs = new("r", TensorType.Int32, [1], isVariable: true);
        Tensor[] tensors = [
            .. Enumerable.Range(0, operators + 1).Select(i =>
                new Tensor($"y{i}", TensorType.Int8, [1, Rows, 1, 2], quantization))];
        Operator[] turns = [
            .. Enumerable.Range(0, operators).Select(i => new ReverseV2(tensors[i], tensors[i + 1], [1, 3]))];
        Tensor z = new("z", TensorType.Int8, [1, Rows, 1, 2], quantization);
        Operator last = operators % 2 == 0
            ? new Reshape(tensors[^1], z)
            : new ReverseV2(tensors[^1], z, [1, 3]);
        return new Graph
        {
            Name = "buffer",
            Tensors = [x, state, runs, .. tensors, z],
            Inputs = [x],
            Outputs = [z],
            Operators = [new CircularBuffer(x, state, runs, tensors[0], cycles), .. turns, last],
        };
    }
}
