using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// ReadVariable and AssignVariable in any order, against copies made one by one: what is spared of the copies must not
/// show.
/// </summary>
[SmallestModel("ReadVariable s T[1,7]v -> y T[1,7]")]
[SmallestModel("AssignVariable x T[1,7] -> s T[1,7]v")]
[Trait("Units", "alike")] // nothing in it is computed in vectors
public sealed class VariableTests
{
    private const int Programs = 60;
    private const int Runs = 4;
    private const int Length = 3;
    private const int Columns = 2;

    [Fact]
    public void Programs_of_reads_and_assignments()
    {
        Graph[] graphs = [.. Enumerable.Range(0, Programs).Select(Random)];
        using var batch = new CompiledBatch(graphs);
        for (int i = 0; i < graphs.Length; i++)
        {
            Compare(batch, i, graphs[i]);
        }
    }

    /// <summary>A window over time: read, put the new rows behind, assign the last ones, no copy besides.</summary>
    [Fact]
    public void A_window_over_time_has_no_copies_of_what_it_keeps()
    {
        const string text = """
            tinyquant-model 1
            tensor x float32 [1,1,4]
            tensor state float32 [1,3,4] variable
            tensor before float32 [1,3,4]
            tensor window float32 [1,4,4]
            tensor kept float32 [1,3,4]
            tensor y float32 [1,4]
            input x
            output y
            op ReadVariable state -> before
            op Concatenation before x -> window axis=1
            op Slice window -> kept begin=0,1,0 size=1,3,4
            op AssignVariable kept -> state
            op Sum window -> y axes=1
            """;
        using CompiledModel model = CompiledOnce.Model(ModelReader.Read(text).Graph!);
        float[] sums = [.. Enumerable.Range(1, 6).Select(i => Run(model, i))];

        Assert.Equal([1, 3, 6, 10, 14, 18], sums);
        Assert.Equal(4 * 4 * sizeof(float), model.ArenaBytes);
    }

    /// <summary>
    /// A buffer that goes on in one of two runs stands between what computes the value and what assigns it: the run
    /// that ends there assigns nothing.
    /// </summary>
    [Theory]
    [InlineData("op Relu x -> next")]
    [InlineData("op Concatenation before x -> window axis=1\nop Slice window -> next begin=0,1,0,0 size=1,1,1,1")]
    public void A_run_that_ends_before_the_assignment_leaves_the_variable(string computing)
    {
        string text = $"""
            tinyquant-model 1
            tensor x int8 [1,1,1,1] scale 1
            tensor kept int8 [1,1,1,1] scale 1 variable
            tensor before int8 [1,1,1,1] scale 1
            tensor window int8 [1,2,1,1] scale 1
            tensor next int8 [1,1,1,1] scale 1
            tensor rows int8 [1,2,1,1] scale 1 variable
            tensor runs int32 [1] variable
            tensor y int8 [1,2,1,1] scale 1
            tensor z int8 [1,1,1,1] scale 1
            input x
            output y z
            op ReadVariable kept -> before
            op Relu6 before -> z
            {computing}
            op CircularBuffer x rows runs -> y cycles_max=2
            op AssignVariable next -> kept
            """;
        ModelReadResult read = ModelReader.Read(text);
        Assert.Empty(read.Errors);
        using CompiledModel model = CompiledOnce.Model(read.Graph!);
        List<int> seen = [];
        for (byte i = 1; i <= 6; i++)
        {
            byte[][] outputs = [new byte[2], new byte[1]];
            if (model.Run([[i]], outputs))
            {
                seen.Add(outputs[1][0]);
            }
        }

        Assert.Equal([0, 2, 4], seen); // what the runs that went on before had
    }

    /// <summary>
    /// Windows of all sizes, and what is nearly one: other rows kept, other orders, readers in between.
    /// </summary>
    [Fact]
    public void Windows_and_what_is_nearly_one()
    {
        Graph[] graphs = [.. Enumerable.Range(0, Programs).Select(Window)];
        using var batch = new CompiledBatch(graphs);
        for (int i = 0; i < graphs.Length; i++)
        {
            Compare(batch, i, graphs[i]);
        }
    }

    private static void Compare(CompiledBatch batch, int index, Graph graph)
    {
        var random = new Random(index);
        for (int round = 0; round < 2; round++)
        {
            batch.Reset(index);
            Dictionary<Tensor, float[]> values = graph.Tensors.Where(t => t.IsVariable).ToDictionary(
                t => t, t => t.Data is { } data
                    ? MemoryMarshal.Cast<byte, float>(data.AsSpan()).ToArray()
                    : new float[t.ElementCount]);
            for (int run = 0; run < Runs; run++)
            {
                float[] input = [
                    .. Enumerable.Range(0, graph.Inputs[0].ElementCount).Select(_ => (float)random.Next(-50, 50))];
                byte[][] outputs = [.. graph.Outputs.Select(t => new byte[t.ByteLength])];
                batch.Run(index, [MemoryMarshal.AsBytes(input.AsSpan()).ToArray()], outputs);
                values[graph.Inputs[0]] = input;
                Simulate(graph, values);
                for (int o = 0; o < outputs.Length; o++)
                {
                    Assert.True(
                        MemoryMarshal.Cast<byte, float>(outputs[o]).SequenceEqual(values[graph.Outputs[o]]),
                        $"program {index}, run {run}, '{graph.Outputs[o].Name}':\n{ModelWriter.Write(graph)}");
                }
            }
        }
    }

    private static float Run(CompiledModel model, float value)
    {
        float[] input = [value, value, value, value];
        byte[] output = new byte[input.Length * sizeof(float)];
        model.Run([MemoryMarshal.AsBytes(input.AsSpan()).ToArray()], [output]);
        return MemoryMarshal.Read<float>(output);
    }

    private static void Simulate(Graph graph, Dictionary<Tensor, float[]> values)
    {
        foreach (Operator op in graph.Operators)
        {
            float[][] inputs = [.. op.Inputs.Select(t => values[t])];
            values[op.Outputs[0]] = op switch
            {
                Add => [.. inputs[0].Zip(inputs[1], (a, b) => a + b)],
                Relu => [.. inputs[0].Select(v => Math.Max(0, v))],
                Concatenation => [.. inputs.SelectMany(v => v)], // along the rows of one matrix
                Slice slice => inputs[0][
                    (slice.Begin[1] * Columns)..((slice.Begin[1] + slice.Size[1]) * Columns)],
                _ => [.. inputs[0]],
            };
        }
    }

    /// <summary>
    /// A program over two variables, one of which begins with data; any of its tensors may be an output.
    /// </summary>
    private static Graph Random(int seed)
    {
        var random = new Random(seed);
        var data = new float[Length];
        Array.Fill(data, 7);
        Tensor input = Vector("x");
        Tensor[] variables =
        [
            new("v", TensorType.Float32, [1, Length], isVariable: true),
            new("w", TensorType.Float32, [1, Length], data: [.. MemoryMarshal.AsBytes(data.AsSpan())],
                isVariable: true),
        ];
        List<Tensor> known = [input];
        List<Operator> operators = [];
        int count = random.Next(3, 14);
        for (int i = 0; i < count; i++)
        {
            Tensor from = known[random.Next(known.Count)], output = Vector($"t{i}");
            Tensor variable = variables[random.Next(2)];
            Operator op = random.Next(5) switch
            {
                0 => new ReadVariable(variable, output),
                1 => new AssignVariable(from, variable),
                2 => new Relu(from, output),
                3 => new Reshape(from, output),
                _ => new Add([from, known[random.Next(known.Count)]], output, Activation.None),
            };
            operators.Add(op);
            if (op is not AssignVariable)
            {
                known.Add(output);
            }
        }

        // Both variables are seen, and something is an output that no other operator need read.
        operators.AddRange(variables.Select((v, i) => new ReadVariable(v, Vector($"end{i}"))));
        Tensor[] computed = [.. operators.Select(o => o.Outputs[0]).Where(t => !t.IsVariable)];
        Tensor[] outputs = [.. computed.Where(_ => random.Next(3) == 0).Append(computed[^1]).Distinct()];
        return new Graph
        {
            Name = $"program{seed}",
            Tensors = [input, .. variables, .. computed],
            Inputs = [input],
            Outputs = [.. outputs],
            Operators = [.. operators],
        };
    }

    private static Tensor Vector(string name) => new(name, TensorType.Float32, [1, Length]);

    /// <summary>A window of some rows, of which any may be kept, with readers of its parts here and there.</summary>
    private static Graph Window(int seed)
    {
        var random = new Random(seed);
        int kept = random.Next(1, 6), added = random.Next(1, 5);
        int begin = random.Next(4) == 0 ? random.Next(added + 1) : added;
        Tensor x = Rows("x", added), before = Rows("before", kept), window = Rows("window", kept + added);
        Tensor next = Rows("next", kept);
        Tensor state = new("state", TensorType.Float32, [1, kept, Columns], isVariable: true);
        List<Operator> operators =
        [
            new ReadVariable(state, before),
            new Concatenation(random.Next(6) == 0 ? [x, before] : [before, x], window, axis: 1),
            new Slice(window, next, [0, begin, 0], [1, kept, Columns]),
            new AssignVariable(next, state),
            new Relu(window, Rows("y", kept + added)),
        ];
        Tensor[] parts = [before, window, next];
        for (int i = random.Next(3); i > 0; i--)
        {
            Tensor part = parts[random.Next(3)];
            int from = operators.FindIndex(o => o.Outputs.Contains(part)) + 1;
            Tensor output = Rows($"part{i}", part.Shape[1]);
            Operator reader = random.Next(2) == 0 ? new Relu(part, output) : new Reshape(part, output);
            operators.Insert(random.Next(from, operators.Count + 1), reader);
        }

        Tensor[] computed = [.. operators.Select(o => o.Outputs[0]).Where(t => !t.IsVariable)];
        return new Graph
        {
            Name = $"window{seed}",
            Tensors = [x, state, .. computed],
            Inputs = [x],
            Outputs = [.. computed.Where(t => t.Name is "y" || t.Name.StartsWith("part", StringComparison.Ordinal))],
            Operators = [.. operators],
        };
    }

    private static Tensor Rows(string name, int rows) => new(name, TensorType.Float32, [1, rows, Columns]);
}
