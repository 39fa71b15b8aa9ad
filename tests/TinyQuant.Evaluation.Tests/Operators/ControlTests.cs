using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>If and While from generated code: one branch runs, and a loop ends when it says so.</summary>
[SmallestModel("If c L[1] x T[1,7] -> y T[1,7] then=relu else=abs")]
[SmallestModel("While x T[1,7] -> y T[1,7] cond=never body=relu")]
public sealed class ControlTests
{
    private const string Doubled = """
        subgraph doubled
        tensor a float32 [2]
        tensor b float32 [2]
        input a
        output b
        op Add a a -> b
        end
        subgraph squared
        tensor a float32 [2]
        tensor b float32 [2]
        input a
        output b
        op Mul a a -> b
        end
        """;

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 9)]
    public void One_of_two_branches_runs(bool condition, float expected)
    {
        using CompiledModel model = Compile($"""
            tinyquant-model 1
            {Doubled}
            tensor c bool [1]
            tensor x float32 [2]
            tensor y float32 [2]
            input c x
            output y
            op If c x -> y then=doubled else=squared
            """);

        Assert.Equal([expected, expected], Run(model, [[condition ? (byte)1 : (byte)0], Bytes(3, 3)]));
    }

    [Theory]
    [InlineData("AQ==", 6)]
    [InlineData("AA==", 9)]
    public void A_branch_that_a_constant_chooses_is_the_only_one(string condition, float expected)
    {
        using CompiledModel model = Compile($"""
            tinyquant-model 1
            {Doubled}
            tensor c bool [1] data
              {condition}
            tensor x float32 [2]
            tensor y float32 [2]
            input x
            output y
            op If c x -> y then=doubled else=squared
            """);

        Assert.Equal([expected, expected], Run(model, [Bytes(3, 3)]));
    }

    /// <summary>
    /// The sum grows by the step until it passes the limit; the body reads both values and swaps nothing.
    /// </summary>
    [Theory]
    [InlineData(0, 3, 12)]
    [InlineData(5, 10, 15)]
    [InlineData(50, 10, 50)] // not one round
    public void A_loop_goes_on_as_long_as_its_condition_says(float start, float step, float expected)
    {
        using CompiledModel model = Compile("""
            tinyquant-model 1
            subgraph isBelow
            tensor sum float32 [1]
            tensor step float32 [1]
            tensor limit float32 [1] data
              AAAgQQ==
            tensor more bool [1]
            input sum step
            output more
            op Less sum limit -> more
            end
            subgraph grow
            tensor sum float32 [1]
            tensor step float32 [1]
            tensor next float32 [1]
            tensor same float32 [1]
            input sum step
            output next same
            op Add sum step -> next
            op Reshape step -> same
            end
            tensor start float32 [1]
            tensor step float32 [1]
            tensor sum float32 [1]
            tensor last float32 [1]
            input start step
            output sum last
            op While start step -> sum last cond=isBelow body=grow
            """);
        byte[][] outputs = [new byte[4], new byte[4]];
        model.Run([Bytes(start), Bytes(step)], outputs);

        Assert.Equal((expected, step), (MemoryMarshal.Read<float>(outputs[0]), MemoryMarshal.Read<float>(outputs[1])));
    }

    private static CompiledModel Compile(string text)
    {
        ModelReadResult read = ModelReader.Read(text);
        Assert.Empty(read.Errors);
        return CompiledOnce.Model(read.Graph!);
    }

    private static float[] Run(CompiledModel model, byte[][] inputs)
    {
        byte[] output = new byte[2 * sizeof(float)];
        model.Run(inputs, [output]);
        return MemoryMarshal.Cast<byte, float>(output).ToArray();
    }

    private static byte[] Bytes(params float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
