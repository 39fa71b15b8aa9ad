using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// State of graphs that If and While run: it is the model's, kept from run to run, and one for all graphs that name it.
/// </summary>
public sealed class ControlStateTests
{
    private const string Buffered = """
        subgraph buffered
        tensor a int8 [1,1,1,1] scale 1
        tensor rows int8 [1,2,1,1] scale 1 variable
        tensor runs int32 [1] variable
        tensor last int8 [1,2,1,1] scale 1
        input a
        output last
        op CircularBuffer a rows runs -> last cycles_max=2
        end
        """;

    /// <summary>The samples of the runs in which the branch was taken, and of no other.</summary>
    [Fact]
    public void A_delay_in_a_branch_goes_on_when_the_branch_runs()
    {
        using CompiledModel model = Compile("""
            tinyquant-model 1
            subgraph delayed
            tensor a int16 [1]
            tensor samples int16 [2] variable
            tensor b int16 [1]
            input a
            output b
            op SignalDelay a samples -> b
            end
            subgraph same
            tensor a int16 [1]
            tensor b int16 [1]
            input a
            output b
            op Reshape a -> b
            end
            tensor c bool [1]
            tensor x int16 [1]
            tensor y int16 [1]
            input c x
            output y
            op If c x -> y then=delayed else=same
            """);
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal([0, 0, 3, 1, 5, 2], Enumerable.Range(1, 6).Select(i => Run(i, i is not (3 or 5))));
            model.Reset();
        }

        int Run(int sample, bool delays)
        {
            byte[] output = new byte[2];
            model.Run([[delays ? (byte)1 : (byte)0], [(byte)sample, 0]], [output]);
            return output[0];
        }
    }

    /// <summary>A run ends in the branch that has a buffer, every other time that it is taken.</summary>
    [Fact]
    public void A_buffer_in_a_branch_ends_the_runs_that_take_it()
    {
        using CompiledModel model = Compile($$"""
            tinyquant-model 1
            {{Buffered}}
            subgraph twice
            tensor a int8 [1,1,1,1] scale 1
            tensor b int8 [1,2,1,1] scale 1
            input a
            output b
            op Concatenation a a -> b axis=1
            end
            tensor c bool [1]
            tensor x int8 [1,1,1,1] scale 1
            tensor y int8 [1,2,1,1] scale 1
            input c x
            output y
            op If c x -> y then=buffered else=twice
            """);

        Assert.Equal(["-", "12", "33", "-", "45", "66", "-"],
            Enumerable.Range(1, 7).Select(i => Run(i, i is not (3 or 6))));

        string Run(int code, bool buffers)
        {
            byte[] output = new byte[2];
            return model.Run([[buffers ? (byte)1 : (byte)0], [(byte)code]], [output])
                ? $"{output[0]}{output[1]}"
                : "-";
        }
    }

    /// <summary>The run ends in the first round whose buffer is not full, and goes on there later.</summary>
    [Fact]
    public void A_buffer_in_a_loop_ends_the_run_and_keeps_what_it_took()
    {
        using CompiledModel model = Compile("""
            tinyquant-model 1
            subgraph isSmall
            tensor sum int8 [1,1,1,1] scale 0.5
            tensor limit int8 [1,1,1,1] scale 0.5 data
              Cg==
            tensor more bool [1,1,1,1]
            input sum
            output more
            op Less sum limit -> more
            end
            subgraph buffered
            tensor a int8 [1,1,1,1] scale 0.5
            tensor rows int8 [1,2,1,1] scale 0.5 variable
            tensor runs int32 [1] variable
            tensor last int8 [1,2,1,1] scale 0.5
            tensor sum int8 [1,1,1,1] scale 0.5
            input a
            output sum
            op CircularBuffer a rows runs -> last cycles_max=2
            op Sum last -> sum axes=1 keep_dims=true
            end
            tensor x int8 [1,1,1,1] scale 0.5
            tensor y int8 [1,1,1,1] scale 0.5
            input x
            output y
            op While x -> y cond=isSmall body=buffered
            """);

        // 3 | 3+4=7, 7 | 7+5=12 | 20 | 1 | 1+9=10 |
        Assert.Equal(["-", "-", "12", "20", "-", "10"], ((byte[])[3, 4, 5, 20, 1, 9]).Select(code =>
        {
            byte[] output = new byte[1];
            return model.Run([[code]], [output]) ? $"{output[0]}" : "-";
        }));
    }

    /// <summary>A condition that is known leaves a branch out, and its state and its ends of runs with it.</summary>
    [Fact]
    public void A_branch_that_never_runs_has_no_state_and_ends_nothing()
    {
        using CompiledModel model = Compile($"""
            tinyquant-model 1
            {Buffered}
            subgraph twice
            tensor a int8 [1,1,1,1] scale 1
            tensor b int8 [1,2,1,1] scale 1
            input a
            output b
            op Concatenation a a -> b axis=1
            end
            tensor c bool [1] data
              AA==
            tensor x int8 [1,1,1,1] scale 1
            tensor y int8 [1,2,1,1] scale 1
            input x
            output y
            op If c x -> y then=buffered else=twice
            """);
        byte[] output = new byte[2];

        Assert.True(model.Run([[7]], [output]));
        Assert.Equal([7, 7], output);
        Assert.Equal(0, model.ArenaBytes);
    }

    private static CompiledModel Compile(string text)
    {
        ModelReadResult read = ModelReader.Read(text);
        Assert.Empty(read.Errors);
        return CompiledOnce.Model(read.Graph!);
    }
}
