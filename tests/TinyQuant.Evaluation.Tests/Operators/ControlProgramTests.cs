using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Reads and assignments of two variables in a model, in branches and in loops, in any order, against copies made one
/// by one: neither what is spared of the copies nor which graph does what must show.
/// </summary>
[Trait("Units", "alike")] // nothing in it is computed in vectors
public sealed class ControlProgramTests
{
    private const int Programs = 60;
    private const int Runs = 6;
    private const int Length = 3;
    private const int Depth = 3;
    private const float Rounds = 3;

    [Fact]
    public void Programs_of_reads_and_assignments_in_branches_and_loops()
    {
        Graph[] graphs = [.. Enumerable.Range(0, Programs).Select(i => new Maker(i).Model())];
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
            Dictionary<string, float[]> states = graph.States.ToDictionary(
                t => t.Name,
                t => t.Data is { } data
                    ? MemoryMarshal.Cast<byte, float>(data.AsSpan()).ToArray()
                    : new float[t.ElementCount],
                StringComparer.Ordinal);
            for (int run = 0; run < Runs; run++)
            {
                bool condition = random.Next(2) == 0;
                float[] x = [.. Enumerable.Range(0, Length).Select(_ => (float)random.Next(-5, 5))];
                byte[][] outputs = [.. graph.Outputs.Select(t => new byte[t.ByteLength])];
                batch.Run(
                    index, [[condition ? (byte)1 : (byte)0], MemoryMarshal.AsBytes(x.AsSpan()).ToArray()], outputs);
                float[][] expected = Simulate(graph, [[condition ? 1 : 0], x], states);
                for (int o = 0; o < outputs.Length; o++)
                {
                    Assert.True(
                        MemoryMarshal.Cast<byte, float>(outputs[o]).SequenceEqual(expected[o]),
                        $"program {index}, run {run}, '{graph.Outputs[o].Name}':\n{ModelWriter.Write(graph)}");
                }
            }
        }
    }

    /// <summary>What a graph computes; bool is 0 or 1.</summary>
    private static float[][] Simulate(Graph graph, float[][] inputs, Dictionary<string, float[]> states)
    {
        Dictionary<Tensor, float[]> values = graph.Tensors.Where(t => t.IsConstant).ToDictionary(
            t => t, t => MemoryMarshal.Cast<byte, float>(t.Data!.Value.AsSpan()).ToArray());
        for (int i = 0; i < inputs.Length; i++)
        {
            values[graph.Inputs[i]] = inputs[i];
        }

        foreach (Operator op in graph.Operators)
        {
            float[][] read = [.. op.Inputs.Select(t => t.IsVariable ? states[t.Name] : values[t])];
            if (op is AssignVariable assign)
            {
                states[assign.Variable.Name] = read[0];
                continue;
            }

            float[][] written = op switch
            {
                Add => [[.. read[0].Zip(read[1], (a, b) => a + b)]],
                Relu => [[.. read[0].Select(v => Math.Max(0, v))]],
                Less => [[read[0][0] < read[1][0] ? 1 : 0]],
                If branch => Simulate(read[0][0] != 0 ? branch.Then : branch.Else, read[1..], states),
                While loop => Loop(loop, read, states),
                _ => [read[0]],
            };
            for (int i = 0; i < written.Length; i++)
            {
                values[op.Outputs[i]] = written[i];
            }
        }

        return [.. graph.Outputs.Select(t => values[t])];
    }

    private static float[][] Loop(While loop, float[][] current, Dictionary<string, float[]> states)
    {
        while (Simulate(loop.Condition, current, states)[0][0] != 0)
        {
            current = Simulate(loop.Body, current, states);
        }

        return current;
    }

    private static Tensor Vector(string name) => new(name, TensorType.Float32, [1, Length]);

    private static Tensor Number(string name, float? value = null) => new(
        name, TensorType.Float32, [1],
        data: value is { } known ? [.. MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in known))] : null);

    /// <summary>Makes a program; each of its graphs has tensors of its own, and variables of the same names.</summary>
    private sealed class Maker(int seed)
    {
        private readonly Random _random = new(seed);
        private int _graphs;

        /// <summary>Inputs a condition and a vector; outputs what the program computes and both variables.</summary>
        public Graph Model()
        {
            Graph program = Program("model", Depth);
            Tensor[] variables = [Variable("v"), Variable("w")];
            Tensor[] own = [.. variables.Select(v => program.Tensors.FirstOrDefault(t => t.Name == v.Name) ?? v)];
            Tensor[] ends = [Vector("endV"), Vector("endW")];
            return program with
            {
                Name = $"program{seed}",
                Tensors = [.. program.Tensors.Union(own), .. ends],
                Operators = [.. program.Operators, .. own.Zip(ends, (v, e) => new ReadVariable(v, e))],
                Outputs = [.. program.Outputs, .. ends],
            };
        }

        private static Tensor Variable(string name) => new(
            name, TensorType.Float32, [1, Length], isVariable: true,
            data: name == "v" ? null : [.. MemoryMarshal.AsBytes<float>((float[])[7, 8, 9])]);

        /// <summary>Inputs c and x, output a vector.</summary>
        private Graph Program(string name, int depth)
        {
            Tensor c = new("c", TensorType.Bool, [1]), x = Vector("x");
            Tensor[] variables = [Variable("v"), Variable("w")];
            List<Tensor> known = [x], others = [];
            List<Operator> operators = [];
            int count = _random.Next(2, depth == Depth ? 12 : 6);
            for (int i = 0; i < count; i++)
            {
                Tensor from = known[_random.Next(known.Count)], output = Vector($"t{i}");
                Tensor variable = variables[_random.Next(2)];
                Operator op = _random.Next(depth > 0 ? 9 : 5) switch
                {
                    0 => new ReadVariable(variable, output),
                    1 => new AssignVariable(from, variable),
                    2 => new Relu(from, output),
                    3 => new Reshape(from, output),
                    4 => new Add([from, known[_random.Next(known.Count)]], output, Activation.None),
                    5 or 6 or 7 => new If(
                        [c, c, from], [output], Program(Name(), depth - 1), Program(Name(), depth - 1)),
                    _ => Loop(from, output, $"n{i}", depth - 1, others),
                };
                operators.Add(op);
                if (op is not AssignVariable)
                {
                    known.Add(output);
                }
            }

            if (known.Count == 1)
            {
                known.Add(Vector("copy"));
                operators.Add(new Reshape(x, known[1]));
            }

            Tensor[] used = [.. variables.Where(v => operators.Any(o => o.Inputs.Concat(o.Outputs).Contains(v)))];
            return new Graph
            {
                Name = name,
                Tensors = [c, .. known, .. used, .. others],
                Inputs = [c, x],
                Outputs = [known[_random.Next(1, known.Count)]],
                Operators = [.. operators],
            };
        }

        /// <summary>Rounds of a number that grows by 1, with a program in each, and one in its condition.</summary>
        private While Loop(Tensor from, Tensor output, string name, int depth, List<Tensor> others)
        {
            Tensor start = Number(name, _random.Next(5)), last = Number(name + "Last");
            others.AddRange([start, last]);
            return new While([start, from], [last, output], Condition(depth), Body(depth));
        }

        private Graph Condition(int depth)
        {
            Graph program = Program(Name(), depth);
            Tensor n = Number("n"), limit = Number("limit", Rounds), more = new("more", TensorType.Bool, [1]);
            return WithNumber(program, n, [limit, more], [new Less([n, limit], more)]) with { Outputs = [more] };
        }

        private Graph Body(int depth)
        {
            Graph program = Program(Name(), depth);
            Tensor n = Number("n"), one = Number("one", 1), next = Number("next");
            Graph body = WithNumber(program, n, [one, next], [new Add([n, one], next, Activation.None)]);
            return body with { Outputs = [next, .. program.Outputs] };
        }

        /// <summary>The program with a number for its first input, which makes its condition too.</summary>
        private static Graph WithNumber(Graph program, Tensor n, Tensor[] tensors, Operator[] operators)
        {
            Tensor two = Number("two", 2);
            return program with
            {
                Tensors = [.. program.Tensors, n, two, .. tensors],
                Inputs = [n, program.Inputs[1]],
                Operators = [new Less([n, two], program.Inputs[0]), .. program.Operators, .. operators],
            };
        }

        private string Name() => $"g{_graphs++}";
    }
}
